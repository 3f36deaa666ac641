using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Running;

/// <summary>Reads from and writes to one link until it ends.</summary>
internal sealed class LinkRunner(ILink link, SessionCore session, Notifier notifier) : ILinkReceiver
{
    private readonly Signal _wake = new();
    private readonly OutgoingBatch _batch = new();
    private volatile bool _isOver;
    private LinkEnd? _given;

    /// <summary>There is something to send. Any thread.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Gives the link up. Any thread.</summary>
    public void Break(LinkEnd end)
    {
        Interlocked.CompareExchange(ref _given, end, null);
        link.Abort();
    }

    /// <summary>Runs it.</summary>
    /// <returns>How it ended.</returns>
    public async Task<LinkEnd> RunAsync()
    {
        session.OnOpened(link.TakesConnect, link.NeedsHeartbeat);
        Task writing = WriteAsync();
        LinkEnd end = await link.ReceiveAsync(this);
        _isOver = true;
        _wake.Set();
        await writing;
        return _given ?? end;
    }

    public ValueTask OnEventAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        try
        {
            session.OnEvent(message, isBinary);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw new JsonException($"a field is missing, of another type or out of range: {e.Message}", e);
        }

        return notifier.IsFull ? WaitAsync() : default;
    }

    public void OnHeard() => session.OnHeard();

    // The server need not wait with us: it has queues, and recovers what they don't hold. Silence means nothing meanwhile.
    private async ValueTask WaitAsync()
    {
        session.OnPaused(true);
        await notifier.DrainAsync();
        session.OnPaused(false);
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            await _wake.WaitAsync();
            if (_isOver)
            {
                return;
            }

            try
            {
                await WriteAllAsync();
            }
            catch (LinkException e)
            {
                Break(e.End);
            }
            catch
            {
                // Nobody would send from here on: the reading ends, too, and then this is told.
                link.Abort();
                throw;
            }
        }
    }

    private async ValueTask WriteAllAsync()
    {
        while (!_isOver)
        {
            _batch.Clear();
            session.Fill(_batch, link.MaxCommands);
            if (_batch.Count == 0)
            {
                return;
            }

            await link.SendAsync(_batch);
        }
    }
}
