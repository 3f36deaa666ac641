namespace Switchboard.Protocol.Envelope;

/// <summary>Where live delivery of a feed begins.</summary>
/// <param name="Head">Everything after it is delivered live.</param>
/// <param name="Recovery">Whether what was missed before it follows.</param>
public readonly record struct FeedStart(FeedPosition Head, FeedRecovery Recovery);
