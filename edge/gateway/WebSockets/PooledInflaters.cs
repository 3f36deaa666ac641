using Switchboard.Protocol.Deflate;

namespace Switchboard.Gateway.WebSockets;

/// <summary>Inflaters of the pool that all connections without context takeover share.</summary>
internal sealed class PooledInflaters(MessageInflaterPool pool) : IInflaterSource
{
    public MessageInflater Rent() => pool.Rent();

    public void Return(MessageInflater inflater) => pool.Return(inflater);
}
