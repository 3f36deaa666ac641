namespace Switchboard.Client;

/// <summary>A message that was sent to this client's user, or to this connection alone.</summary>
public sealed class DirectMessage : Message
{
    internal DirectMessage(bool isForConnection)
    {
        IsForConnection = isForConnection;
    }

    /// <summary>Whether it was sent to this connection alone; else to all connections of the user.</summary>
    public bool IsForConnection { get; }
}
