using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Grains.Connections;

/// <summary>
/// A connection's row in the storage, as far as its activation knows. A next activation may go on from whatever row there is,
/// so none that can still be resumed from may lack a room: whoever changes the rooms has the row go first, or written anew.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="sessions">The storage; null where nothing is kept.</param>
/// <param name="options">How long it can be resumed.</param>
/// <param name="random">For epochs.</param>
/// <param name="now">The time, in milliseconds since the Unix epoch.</param>
internal sealed class SessionRow(
    ConnectionId connection, SessionStore? sessions, ConnectionOptions options, IRandomSource random, Func<long> now)
{
    private Task _running = Task.CompletedTask;
    private int _changes;
    private bool _isKept;

    // When a row that may be there is too old to be resumed from.
    private long _until;

    private bool MayBeResumed => now() < _until;

    /// <summary>An activation before this one may have left a row.</summary>
    public void Doubt()
    {
        if (sessions is not null)
        {
            _until = now() + (long)options.Grace.TotalMilliseconds;
        }
    }

    /// <summary>What an activation before this one has kept; null for nothing.</summary>
    public async Task<ConnectionState?> ReadAsync()
    {
        if (sessions is not null && await sessions.ReadAsync(connection) is { } kept)
        {
            Note();
            return kept;
        }

        return null;
    }

    /// <summary>Keeps a detached connection as it is now. False where it could not be written.</summary>
    public Task<bool> KeepAsync(Connection detached)
    {
        if (sessions is null)
        {
            return Task.FromResult(true);
        }

        // What is sent to it after this is not in the row: the new epoch says so.
        ConnectionState state = detached.Save() with { Feed = StoredFeed.Empty(Epoch.Create(random)), Seen = null };
        Note();
        _changes++;
        Task<bool> keeping = KeepAsync(_running, state);
        _running = keeping;
        return keeping;
    }

    /// <summary>Has the row go where there may be one, without waiting for that.</summary>
    public void Drop()
    {
        if (_isKept || MayBeResumed)
        {
            _running = DropAsync(_running, ++_changes);
        }
    }

    /// <summary>Has the row go. False where one may still be there that can be resumed from.</summary>
    public ValueTask<bool> IsGoneAsync() => MayBeResumed ? new(SeeGoAsync()) : new(true);

    private async Task<bool> SeeGoAsync()
    {
        await _running;
        if (MayBeResumed)
        {
            Drop();
            await _running;
        }

        return !MayBeResumed;
    }

    private void Note()
    {
        _isKept = true;
        Doubt();
    }

    private async Task<bool> KeepAsync(Task earlier, ConnectionState state)
    {
        await earlier;
        return await sessions!.TryKeepAsync(connection, state);
    }

    private async Task DropAsync(Task earlier, int change)
    {
        await earlier;
        if (await sessions!.TryDropAsync(connection) && change == _changes)
        {
            _isKept = false;
            _until = 0;
        }
    }
}
