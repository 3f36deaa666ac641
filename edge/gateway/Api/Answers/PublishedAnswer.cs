namespace Switchboard.Gateway.Api.Answers;

/// <summary>A message that was published to a room, or why not, where there were many rooms.</summary>
internal sealed record PublishedAnswer(string Room, string? Epoch, long? Offset, bool? Duplicate, ProblemBody? Error);
