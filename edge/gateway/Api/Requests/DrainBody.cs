namespace Switchboard.Gateway.Api.Requests;

/// <summary>Which node is to be emptied.</summary>
internal sealed record DrainBody(string? Node);
