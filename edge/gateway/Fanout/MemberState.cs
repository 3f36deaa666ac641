namespace Switchboard.Gateway.Fanout;

/// <summary>Where a member stands between asking for a feed and having left it.</summary>
internal enum MemberState : byte
{
    /// <summary>The backplane has not answered yet: what is delivered is held back.</summary>
    Joining,

    /// <summary>It receives.</summary>
    Live,

    /// <summary>It has left.</summary>
    Gone,
}
