using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// One poll: a session for the length of a request. It connects, carries out the commands, and collects what there is
/// to say, for as long as the client likes to wait for that.
/// </summary>
internal sealed class Exchange(
    FallbackRequest request, FallbackSession session, EventReader events, FallbackOptions options, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    // Whoever asks for something wants to know that it is done; the welcome alone is no news to who resumes.
    private bool HasNews => events.Count > 1
        || request.Commands.Count > 0
        || session.HasReceived
        || session.IsGoodbye
        || IsWelcomeNews();

    /// <summary>Runs to its end; what is to be said was written then.</summary>
    /// <param name="isFull">Whether as much was written as fits.</param>
    /// <param name="aborted">Cancelled when nobody reads the answer.</param>
    public async Task RunAsync(Func<bool> isFull, CancellationToken aborted)
    {
        session.Begin(request);
        await ReadThroughAsync(mark: 1, aborted);
        TimeSpan left = TimeSpan.FromSeconds(request.Wait) - time.GetElapsedTime(_began);
        if (!HasNews && left > TimeSpan.Zero)
        {
            await events.ReadUntilAsync(() => HasNews, left, aborted);
            await events.ReadUntilAsync(isFull, options.Linger, aborted);
        }

        session.CloseInbox();
        if (session.HasReceived)
        {
            await ReadThroughAsync(mark: 2, aborted);
        }
    }

    // Up to the last answer, full or not: a command that was carried out is not left unanswered.
    private async Task ReadThroughAsync(int mark, CancellationToken aborted)
    {
        Task marking = session.MarkAsync();
        await events.ReadUntilAsync(() => events.Marks >= mark, null, aborted);
        if (events.Marks >= mark)
        {
            await marking;
        }
    }

    private bool IsWelcomeNews() => session.Welcomed is not { Resumed: true } welcome
        || welcome.UserFeed.Recovery != FeedRecovery.Recovered
        || welcome.ConnectionFeed.Recovery != FeedRecovery.Recovered
        || welcome.Rooms.Any(room => room.Feed.Recovery != FeedRecovery.Recovered || HasNewPresence(room))
        || request.Rooms.Except(welcome.Rooms.Select(static room => room.Room)).Any();

    private bool HasNewPresence(in RoomStart room) =>
        room.Presence is { } presence
        && request.Presence.TryGetValue(room.Room, out long known)
        && presence.Version > known;
}
