using Switchboard.Client.Running;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.InMemory;

/// <summary>One link to a server in this process.</summary>
internal sealed class InMemoryLink(InMemoryServer server, string user) : ILink
{
    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Bytes, bool IsBinary)> _events = new();
    private readonly Signal _wake = new();
    private volatile LinkEnd? _end;

    public string User => user;

    /// <summary>The connection that it carries; null before the connect.</summary>
    public InMemoryConnection? Connection { get; set; }

    public bool TakesConnect => true;

    public bool NeedsHeartbeat => false;

    public int MaxCommands => 100;

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        while (true)
        {
            await _wake.WaitAsync();
            // Nothing is given behind the end, so what is taken after this look is all there is.
            LinkEnd? end = _end;
            while (TryTake(out (byte[] Bytes, bool IsBinary) next))
            {
                await receiver.OnEventAsync(next.Bytes, next.IsBinary);
            }

            if (end is not null)
            {
                return end;
            }
        }
    }

    public ValueTask SendAsync(OutgoingBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            (ReadOnlyMemory<byte> bytes, bool isBinary) = batch[i];
            server.Handle(this, bytes, isBinary);
        }

        return default;
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        server.Close(this);
        End(new LinkEnd(1000, string.Empty));
        return default;
    }

    public void Abort()
    {
        End(new LinkEnd(LinkEnd.Abnormal, "broken off"));
        server.Detach(this);
    }

    public ValueTask DisposeAsync()
    {
        Abort();
        return default;
    }

    /// <summary>Gives the client an event.</summary>
    public void Give(byte[] bytes, bool isBinary = false)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _events.Enqueue((bytes, isBinary));
            }
        }

        _wake.Set();
    }

    /// <summary>Ends it, once what was given is taken.</summary>
    public void End(LinkEnd end)
    {
        lock (_gate)
        {
            _end ??= end;
        }

        _wake.Set();
    }

    private bool TryTake(out (byte[] Bytes, bool IsBinary) next)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out next);
        }
    }
}
