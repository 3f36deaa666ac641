namespace Switchboard.Client.Session;

/// <summary>What a session asks to be done. Called under the session's lock, so nothing here may wait.</summary>
internal interface ISessionHost
{
    /// <summary>There is something to send.</summary>
    void Wake();

    /// <summary>Calls back at a time, and no earlier one that was asked for before counts.</summary>
    void Arm(long due);

    /// <summary>Gives up the connection as it is.</summary>
    void Break(LinkEnd end);

    /// <summary>Gets a token: for a room, or the connection's own where there is none.</summary>
    void GetToken(RoomSession? room);

    /// <summary>Tells the program something, after what it was told before.</summary>
    void Tell(Action<object, object?> how, object whom, object? what);

    /// <summary>The connection is open.</summary>
    void OnWelcome();
}
