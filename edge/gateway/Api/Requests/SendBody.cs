namespace Switchboard.Gateway.Api.Requests;

/// <summary>A message for a user or a connection.</summary>
internal sealed record SendBody : MessageBody
{
    public string? User { get; init; }

    public string? Connection { get; init; }
}
