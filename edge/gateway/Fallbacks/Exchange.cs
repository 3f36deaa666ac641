using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// One poll: a session for the length of a request. It connects, carries out the commands, and collects what there is
/// to say, for as long as the client likes to wait for that.
/// </summary>
internal sealed class Exchange(
    FallbackRequest request,
    FallbackSession session,
    EventReader events,
    JsonArrayWriter answer,
    FallbackOptions options,
    TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    private bool IsFull => answer.Length >= options.MaxResponseBytes;

    // Whoever asks for something wants to know that it is done; the welcome alone is no news to who resumes.
    private bool HasNews => IsFull || events.Count > 1 || request.Commands.Count > 0 || request.Close || IsWelcomeNews();

    /// <summary>Runs to its end; what is to be said stands in the answer then.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        await session.CarryOutAsync(new FallbackCommand(request.Connect, FrameKind.Text));
        foreach (FallbackCommand command in request.Commands)
        {
            // What the client missed comes first. Where that fills the answer, the commands have their turn later.
            events.ReadAvailable(() => IsFull);
            if (IsFull)
            {
                session.Refuse(command);
            }
            else
            {
                await session.CarryOutAsync(command);
            }
        }

        await session.SettledAsync();
        session.Mark();
        await events.ReadUntilAsync(() => events.Marks > 0, null, aborted);
        TimeSpan left = TimeSpan.FromSeconds(request.Wait) - time.GetElapsedTime(_began);
        if (!HasNews && left > TimeSpan.Zero)
        {
            await events.ReadUntilAsync(() => HasNews, left, aborted);
            await events.ReadUntilAsync(() => IsFull, options.Linger, aborted);
        }
    }

    private bool IsWelcomeNews() => session.Welcomed is not { Resumed: true } welcome
        || welcome.UserFeed.Recovery != FeedRecovery.Recovered
        || welcome.ConnectionFeed.Recovery != FeedRecovery.Recovered
        || welcome.Rooms.Any(room => room.Feed.Recovery != FeedRecovery.Recovered || HasNewPresence(room));

    private bool HasNewPresence(in RoomStart room) =>
        room.Presence is { } presence
        && request.Presence.TryGetValue(room.Room, out long known)
        && presence.Version > known;
}
