using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.Testing;

/// <summary>The sockets of an edge's clients, so that they can be cut as by a process that dies.</summary>
internal sealed class EdgeSockets
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private volatile bool _isCut;

    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _open[connection] = true;
        try
        {
            if (_isCut)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    /// <summary>Breaks every connection, without a word; those that come later, too.</summary>
    public void Cut()
    {
        _isCut = true;
        Break();
    }

    /// <summary>Breaks the connections there are.</summary>
    public void Break()
    {
        foreach (ConnectionContext connection in _open.Keys)
        {
            connection.Abort();
        }
    }
}
