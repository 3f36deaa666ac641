namespace Switchboard.Gateway.Api.Requests;

/// <summary>What every message has, with the names of the client protocol.</summary>
internal abstract record MessageBody
{
    public RawJson Data { get; init; }

    public string? Base64 { get; init; }

    public string? Class { get; init; }

    public string? Slot { get; init; }

    public string? Key { get; init; }
}
