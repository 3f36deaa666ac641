using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Users;

/// <summary>A user who may not connect for a while.</summary>
/// <param name="User">Who.</param>
/// <param name="Until">When it ends, in milliseconds since the Unix epoch.</param>
/// <param name="Reason">What the user is told, up to <see cref="MaxReasonBytes"/> bytes of UTF-8; may be empty.</param>
public sealed record Ban(UserName User, long Until, string Reason)
{
    /// <summary>The longest reason, in bytes of UTF-8.</summary>
    public const int MaxReasonBytes = 256;

    /// <summary>The longest time that a user may be banned for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Whether it holds at a time, in milliseconds since the Unix epoch.</summary>
    public bool IsInForce(long now) => now < Until;
}
