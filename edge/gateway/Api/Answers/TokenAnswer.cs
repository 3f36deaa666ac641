namespace Switchboard.Gateway.Api.Answers;

/// <summary>A token that was issued.</summary>
/// <param name="Token">The token.</param>
/// <param name="Expires">When it ends, in milliseconds since 1970-01-01T00:00Z.</param>
internal sealed record TokenAnswer(string Token, long Expires);
