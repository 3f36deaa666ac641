namespace Switchboard.Gateway.Limits;

/// <summary>The rates of a <see cref="Traffic"/>.</summary>
internal sealed record TrafficLimits(LimitScope Scope, TokenRate Messages, TokenRate Bytes)
{
    public bool IsUnlimited => Messages.IsUnlimited && Bytes.IsUnlimited;

    /// <summary>Of a connection only its bytes: of its messages the rate bucket is in charge, which remembers refusals.</summary>
    public static TrafficLimits OfConnection(LimitOptions options) => new(
        LimitScope.Connection, default, new TokenRate(options.BytesPerSecond, options.ByteBurst));

    public static TrafficLimits OfRoom(TrafficOptions options) => new(
        LimitScope.Room,
        new TokenRate(options.MessagesPerSecond, options.MessageBurst),
        new TokenRate(options.BytesPerSecond, options.ByteBurst));
}
