using Switchboard.Protocol.Deflate;

namespace Switchboard.Gateway.WebSockets;

/// <summary>The inflater of one connection whose client keeps its window between messages.</summary>
internal sealed class OwnInflater(int windowBits) : IInflaterSource, IDisposable
{
    private MessageInflater? _inflater;

    public MessageInflater Rent() => _inflater ??= new MessageInflater(contextTakeover: true, windowBits);

    public void Return(MessageInflater inflater)
    {
    }

    public void Dispose() => _inflater?.Dispose();
}
