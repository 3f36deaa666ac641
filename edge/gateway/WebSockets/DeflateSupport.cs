using Switchboard.Protocol.Deflate;

namespace Switchboard.Gateway.WebSockets;

/// <summary>Gives each connection the compression it negotiated, out of pools wherever that is possible.</summary>
internal sealed class DeflateSupport : IDisposable
{
    private readonly MessageInflaterPool _inflaters = new();
    private readonly MessageDeflaterPool _deflaters = new();
    private readonly PerMessageDeflate _shared;
    private readonly int _minimumBytes;

    public DeflateSupport(DeflateOptions options)
    {
        _minimumBytes = options.MinimumMessageSize;
        _shared = new PerMessageDeflate(_deflaters, _minimumBytes);
    }

    /// <summary>For the client's messages: a window of its own only where the client keeps one.</summary>
    public IInflaterSource CreateInflaters(in DeflateParameters agreed) =>
        agreed.ClientNoContextTakeover ? _inflaters : new OwnInflater(agreed.ClientMaxWindowBits);

    /// <summary>For ours: one deflater for all who begin each message anew with the full window.</summary>
    public PerMessageDeflate CreateDeflate(in DeflateParameters agreed) =>
        agreed is { ServerNoContextTakeover: true, ServerMaxWindowBits: DeflateOptions.MaxWindowBits }
            ? _shared
            : new PerMessageDeflate(
                new MessageDeflater(!agreed.ServerNoContextTakeover, agreed.ServerMaxWindowBits), _minimumBytes);

    /// <summary>Takes back what a connection was given.</summary>
    public static void Return(IInflaterSource? inflaters, PerMessageDeflate? deflate)
    {
        (inflaters as OwnInflater)?.Dispose();
        if (deflate is { IsShared: false })
        {
            deflate.Dispose();
        }
    }

    public void Dispose()
    {
        _inflaters.Dispose();
        _deflaters.Dispose();
    }
}
