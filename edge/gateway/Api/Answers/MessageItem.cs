namespace Switchboard.Gateway.Api.Answers;

/// <summary>A message of a history.</summary>
internal sealed record MessageItem(
    long Offset, SenderItem? From, long Time, string? Class, string? Slot, RawJson? Data, string? Base64);
