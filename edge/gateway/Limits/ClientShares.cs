using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Limits;

/// <summary>
/// The shares that one socket draws on: its address's and its user's, and those of a connection that goes from request to
/// request. Held until <see cref="Leave"/>.
/// </summary>
internal sealed class ClientShares(ClientLimits limits, Share? address)
{
    private Share? _user;
    private Share? _connection;
    private int _left;

    /// <summary>Counts the socket for its address; false when that has as many as it may.</summary>
    public static bool TryEnter(ClientLimits limits, Share? address, out ClientShares? shares)
    {
        if (address?.TryConnect() == false)
        {
            limits.Count(LimitScope.Address, LimitKind.Connections);
            shares = null;
            return false;
        }

        shares = new ClientShares(limits, address);
        return true;
    }

    /// <summary>Counts the socket for its user, once it is known; false when the user has as many as it may.</summary>
    public bool TryAdd(UserName user)
    {
        Share share = limits.Hold(user);
        if (!share.TryConnect())
        {
            share.Release();
            limits.Count(LimitScope.User, LimitKind.Connections);
            return false;
        }

        _user = share;
        return true;
    }

    /// <summary>Draws on the share of a connection too: its next request begins with what this one leaves.</summary>
    public void Add(ConnectionId connection) => _connection ??= limits.Hold(connection);

    /// <summary>Counts a new connection that has no handshake as one; false when there are too many.</summary>
    public bool TryHandshake(long now, out long wait)
    {
        wait = 0;
        if (address?.TryHandshake(now, out wait) != false)
        {
            return true;
        }

        limits.Count(LimitScope.Address, LimitKind.Handshakes);
        return false;
    }

    /// <summary>Takes one message of so many bytes from all of them.</summary>
    public bool TryTake(long bytes, long now, out Excess excess) =>
        TryTake(address, LimitScope.Address, bytes, now, out excess)
        && TryTake(_user, LimitScope.User, bytes, now, out excess)
        && TryTake(_connection, LimitScope.Connection, bytes, now, out excess);

    /// <summary>Whether a token may be tried.</summary>
    public bool MayResume(long now, out long wait)
    {
        wait = 0;
        return address?.MayFailToResume(now, out wait) != false;
    }

    public void FailToResume(long now) => address?.FailToResume(now);

    /// <summary>The socket has ended. Does nothing the second time.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
        {
            return;
        }

        foreach (Share? share in new[] { address, _user })
        {
            share?.Disconnect();
            share?.Release();
        }

        _connection?.Release();
    }

    private static bool TryTake(Share? share, LimitScope scope, long bytes, long now, out Excess excess)
    {
        excess = default;
        long wait;
        if (share?.TryMessage(now, out wait) == false)
        {
            excess = new Excess(scope, LimitKind.Messages, wait);
            return false;
        }

        if (share?.TryBytes(bytes, now, out wait) == false)
        {
            excess = new Excess(scope, LimitKind.Bytes, wait);
            return false;
        }

        return true;
    }
}
