namespace Switchboard.Gateway.Api.Answers;

/// <summary>A page of a room's history.</summary>
internal sealed record HistoryAnswer(string Room, string Epoch, long Offset, MessageItem[] Messages, bool More);
