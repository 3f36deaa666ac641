using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.ClientScenarios.Tests.Network;

/// <summary>
/// All that is between one client and the edges: one address, behind which new connections take turns over the edges that
/// are up, as with a load balancer. Can be cut, go silent, and be one that knows no WebSocket.
/// </summary>
internal sealed class FaultyNetwork : IAsyncDisposable
{
    private readonly IReadOnlyList<int> _edges;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<(Link Link, Task Running)> _links = [];
    private readonly Task _accepting;
    private bool _isCut;
    private int _turn;

    /// <param name="edges">The ports of the edges.</param>
    /// <param name="first">Which of them the first connection goes to, from 0.</param>
    public FaultyNetwork(IReadOnlyList<int> edges, int first)
    {
        _edges = edges;
        _turn = first;
        _listener.Start();
        Address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client finds the edges.</summary>
    public Uri Address { get; }

    /// <summary>Takes the header Upgrade out of requests, as proxies do that are older than WebSocket.</summary>
    public bool DropsUpgrades { get; init; }

    /// <summary>Resets all connections, and each new one at once.</summary>
    public void Cut()
    {
        lock (_links)
        {
            _isCut = true;
        }

        Reset();
    }

    /// <summary>Lets new connections through again.</summary>
    public void Mend()
    {
        lock (_links)
        {
            _isCut = false;
        }
    }

    /// <summary>Resets the connections that there are. New ones are let through.</summary>
    public void Reset()
    {
        lock (_links)
        {
            _links.ForEach(each => each.Link.Reset());
        }
    }

    /// <summary>Nothing comes through the connections that there are any more, in neither direction, and neither side is
    /// told. New ones are let through.</summary>
    public void Silence()
    {
        lock (_links)
        {
            _links.ForEach(each => each.Link.Silence());
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Reset();
        await Task.WhenAll(_links.Select(each => each.Running));
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Link link;
            try
            {
                link = new Link(await _listener.AcceptSocketAsync(), DropsUpgrades);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The listener was stopped.
                return;
            }

            lock (_links)
            {
                if (_isCut)
                {
                    link.Reset();
                }
                else
                {
                    _links.Add((link, RunAsync(link)));
                }
            }
        }
    }

    private async Task RunAsync(Link link)
    {
        await Task.Yield();
        if (await ConnectAsync() is { } edge)
        {
            await link.RunAsync(edge);
        }
        else
        {
            link.Reset();
        }
    }

    // The next edge that listens; none where all are down.
    private async Task<Socket?> ConnectAsync()
    {
        int turn = Interlocked.Increment(ref _turn) - 1;
        for (int i = 0; i < _edges.Count; i++)
        {
            Socket edge = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await edge.ConnectAsync(IPAddress.Loopback, _edges[(turn + i) % _edges.Count]);
                return edge;
            }
            catch (SocketException)
            {
                edge.Dispose();
            }
        }

        return null;
    }
}
