namespace Switchboard.Faults.Verifying;

/// <summary>What can be wrong with what the members of a room were told.</summary>
internal enum FindingKind
{
    /// <summary>An acknowledged message did not reach a member, and nobody said so.</summary>
    Lost,

    /// <summary>A message came twice to a member, or has two places in one epoch.</summary>
    Duplicate,

    /// <summary>Offsets that do not rise, or a feed that goes back.</summary>
    Disorder,

    /// <summary>Two messages at one place: members disagree with each other, or with an acknowledgement.</summary>
    Conflict,

    /// <summary>A message that nobody published to this room.</summary>
    Strange,

    /// <summary>A message that stands before one that its publisher had published earlier.</summary>
    Overtaken,

    /// <summary>A loss that the server told of: <c>lost</c>.</summary>
    ToldLost,

    /// <summary>A loss that the server told of: <c>recovered: false</c>.</summary>
    NotRecovered,

    /// <summary>A feed that began anew under a member.</summary>
    NewEpoch,

    /// <summary>A message that has a place in more than one epoch: its key was forgotten with the feed.</summary>
    Again,
}
