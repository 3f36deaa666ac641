namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>
/// Through which a silo takes what edges publish to its rooms, many rooms in one call. A room says which inbox is the
/// nearest to it; any other one passes the messages on all the same.
/// </summary>
[Alias("switchboard.inbox")]
public interface ISiloInbox : IGrainObserver
{
    /// <summary>
    /// Takes messages, and completes once they were handed on. What became of them comes to the edge's sinks, for each
    /// room as soon as it is known.
    /// </summary>
    [Alias("publish")]
    [ResponseTimeout("00:00:05")]
    Task PublishAsync(PublishBundle bundle);
}
