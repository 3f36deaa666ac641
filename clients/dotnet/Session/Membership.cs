namespace Switchboard.Client.Session;

/// <summary>Whether the connection is a member of a room.</summary>
internal enum Membership
{
    Out,
    Joining,
    In,
    Leaving,
}
