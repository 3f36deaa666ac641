using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>What the server said of itself in a welcome.</summary>
/// <param name="MessageBytes">The largest message; 0 where it is not known.</param>
/// <param name="Rate">Messages a second; 0 for any.</param>
/// <param name="Burst">Messages at once.</param>
/// <param name="Interval">Of the heartbeat, in ticks.</param>
/// <param name="Timeout">Of the heartbeat, in ticks.</param>
internal sealed record ServerLimits(long MessageBytes, long Rate, long Burst, long Interval, long Timeout)
{
    public static readonly ServerLimits Unknown = new(0, 0, 0, 0, 0);

    public static ServerLimits Read(JsonElement welcome)
    {
        welcome.TryGetProperty("limits", out JsonElement limits);
        welcome.TryGetProperty("heartbeat", out JsonElement heartbeat);
        JsonElement rate = default;
        if (limits.ValueKind == JsonValueKind.Object)
        {
            limits.TryGetProperty("rate", out rate);
        }

        return new ServerLimits(
            Number(limits, "message"),
            Number(rate, "messages"),
            Number(rate, "burst"),
            Number(heartbeat, "interval") * TimeSpan.TicksPerSecond,
            Number(heartbeat, "timeout") * TimeSpan.TicksPerSecond);
    }

    private static long Number(JsonElement what, string name) =>
        what.ValueKind == JsonValueKind.Object ? what.Number(name) : 0;
}
