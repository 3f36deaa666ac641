namespace Switchboard.Gateway.Api.Requests;

/// <summary>A message for one room, or for many.</summary>
internal sealed record PublishBody : MessageBody
{
    public string? Room { get; init; }

    public string?[]? Rooms { get; init; }
}
