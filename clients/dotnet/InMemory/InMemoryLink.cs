using System.Threading.Channels;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.InMemory;

/// <summary>One link to a server in this process.</summary>
internal sealed class InMemoryLink(InMemoryServer server, string user) : ILink
{
    private readonly Channel<(byte[] Bytes, bool IsBinary)> _events =
        Channel.CreateUnbounded<(byte[], bool)>(new UnboundedChannelOptions { SingleReader = true });

    private LinkEnd? _end;

    public string User => user;

    /// <summary>The connection that it carries; null before the connect.</summary>
    public InMemoryConnection? Connection { get; set; }

    public bool TakesConnect => true;

    public bool NeedsHeartbeat => false;

    public int MaxCommands => 100;

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        await foreach ((byte[] bytes, bool isBinary) in _events.Reader.ReadAllAsync())
        {
            await receiver.OnEventAsync(bytes, isBinary);
        }

        return _end ?? new LinkEnd(LinkEnd.Abnormal, "broken off");
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
    public void Give(byte[] bytes, bool isBinary = false) => _events.Writer.TryWrite((bytes, isBinary));

    /// <summary>Ends it, once what was given is taken.</summary>
    public void End(LinkEnd end)
    {
        Interlocked.CompareExchange(ref _end, end, null);
        _events.Writer.TryComplete();
    }
}
