namespace Switchboard.Gateway.Api.Answers;

/// <summary>A message that was sent.</summary>
internal sealed record SentAnswer(string? Epoch, long? Offset, bool? Duplicate);
