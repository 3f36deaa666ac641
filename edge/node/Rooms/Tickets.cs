using System.Collections.Concurrent;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Node.Rooms;

/// <summary>The batches that were handed to an inbox and not answered yet.</summary>
internal sealed class Tickets(TimeProvider time)
{
    // As long as a call to the room itself may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Ticket> _open = new();
    private long _last;

    public Ticket Create()
    {
        var ticket = new Ticket(Interlocked.Increment(ref _last));
        _open[ticket.Number] = ticket;
        return ticket;
    }

    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<PublishAnswer> RedeemAsync(Ticket ticket)
    {
        try
        {
            return await ticket.Answer.WaitAsync(Patience, time);
        }
        finally
        {
            _open.TryRemove(ticket.Number, out _);
        }
    }

    /// <summary>An answer has come; one that is too late finds nobody.</summary>
    public void Complete(RoomPublished published)
    {
        if (_open.TryGetValue(published.Ticket, out Ticket? ticket))
        {
            if (published.Answer is { } answer)
            {
                ticket.Complete(answer);
            }
            else
            {
                ticket.Fail(new TimeoutException("The room did not answer."));
            }
        }
    }

    public void Fail(long number, Exception exception)
    {
        if (_open.TryGetValue(number, out Ticket? ticket))
        {
            ticket.Fail(exception);
        }
    }
}
