using Switchboard.Cli.Connecting;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>Prints a room: some of its history, then what comes.</summary>
internal sealed class RoomTail(Connection connection, string name, IMessageWriter writer)
{
    private const int Page = 100;

    private readonly Room _room = connection.Client.Room(name);

    /// <summary>Prints until it is cancelled, or the server ends it.</summary>
    /// <param name="last">How many messages of the history come first; null for all that are kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CliException">The server ended it.</exception>
    /// <exception cref="SwitchboardException">It refused.</exception>
    public async Task RunAsync(int? last, CancellationToken cancellationToken)
    {
        using CancellationTokenSource taken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? reason = null;
        _room.Left += why =>
        {
            reason = why ?? "no reason given";
            taken.Cancel();
        };

        // The stream holds what comes while the history is read, so that nothing is between them.
        await using MessageStream stream = _room.ReadAll();
        Joined joined = await _room.JoinAsync(cancellationToken: cancellationToken);
        try
        {
            await (last is { } count
                ? WriteLastAsync(count, joined.Position, taken.Token)
                : WriteAllAsync(joined.Position, taken.Token));
            await foreach (RoomMessage message in stream.WithCancellation(taken.Token))
            {
                if (message.Missing is { } missing)
                {
                    writer.WriteLost(missing);
                }

                writer.Write(message);
            }
        }
        catch (OperationCanceledException) when (reason is not null && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"the server has taken you out of the room: {reason}");
        }

        throw await connection.EndAsync(cancellationToken);
    }

    private async Task WriteAllAsync(Position until, CancellationToken cancellationToken)
    {
        Position after = default;
        bool hasMore = true;
        while (hasMore)
        {
            HistoryPage<RoomMessage> page = await _room.HistoryAsync(
                new HistoryOptions { After = after, Limit = Page }, cancellationToken);
            foreach (RoomMessage message in page.Messages.Where(message => IsUpTo(message, until)))
            {
                writer.Write(message);
            }

            hasMore = page.HasMore && page.Messages.Count > 0 && IsUpTo(page.Messages[^1], until);
            after = page.Messages.Count > 0 ? page.Messages[^1].Position : after;
        }
    }

    private async Task WriteLastAsync(int count, Position until, CancellationToken cancellationToken)
    {
        Stack<RoomMessage> newest = new();
        Position before = default;
        bool hasMore = count > 0;
        while (hasMore)
        {
            HistoryPage<RoomMessage> page = await _room.HistoryAsync(
                new HistoryOptions { NewestFirst = true, Before = before, Limit = Page }, cancellationToken);
            foreach (RoomMessage message in page.Messages.Where(message => IsUpTo(message, until)).Take(count - newest.Count))
            {
                newest.Push(message);
            }

            hasMore = page.HasMore && page.Messages.Count > 0 && newest.Count < count;
            before = page.Messages.Count > 0 ? page.Messages[^1].Position : before;
        }

        foreach (RoomMessage message in newest)
        {
            writer.Write(message);
        }
    }

    // What is newer than the join is in the stream.
    private static bool IsUpTo(RoomMessage message, Position until) =>
        message.Position.Epoch == until.Epoch && message.Position.Offset <= until.Offset;
}
