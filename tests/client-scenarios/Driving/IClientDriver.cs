using Switchboard.Faults.Verifying;

namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>One client of an SDK, whichever it is. What it tells its application comes as <see cref="Heard"/>.</summary>
internal interface IClientDriver
{
    /// <summary>In the order in which the client told it, one after another.</summary>
    event Action<DriverEvent> Heard;

    /// <summary>Gives a token whenever the client wants one.</summary>
    Func<Task<string>> GiveToken { get; set; }

    /// <summary>Returns when it is connected for the first time.</summary>
    /// <exception cref="DriverException">It was refused for good.</exception>
    Task ConnectAsync(ConnectRequest request);

    /// <summary>Joins a room, with presence; returns where it begins.</summary>
    Task<Position> JoinAsync(string room);

    Task LeaveAsync(string room);

    /// <summary>Publishes a number; returns where it stands.</summary>
    Task<Position> PublishAsync(string room, long number);

    /// <summary>Sets the presence state, <c>{"mood": mood}</c>.</summary>
    Task SetStateAsync(string room, string mood);

    /// <summary>The members that the client knows of: user, and mood if it has one, with a colon between.</summary>
    Task<IReadOnlyList<string>> PresenceAsync(string room);

    /// <summary>The numbers that were published, the oldest first.</summary>
    Task<IReadOnlyList<long>> HistoryAsync(string room, int limit);

    /// <summary>Returns when the client is closed.</summary>
    Task CloseAsync();
}
