using System.Net.Sockets;

namespace Switchboard.ClientScenarios.Tests.Network;

/// <summary>One connection of a client, and the one to an edge that it is passed on to.</summary>
internal sealed class Link(Socket client, bool dropsUpgrades)
{
    private const int BufferBytes = 16 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Socket? _edge;
    private volatile bool _isSilent;
    private bool _isOver;

    /// <summary>Passes on what comes until both sides are done, or it is reset.</summary>
    public async Task RunAsync(Socket edge)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                Abort(edge);
                return;
            }

            _edge = edge;
            client.NoDelay = true;
        }

        await Task.WhenAll(PassAsync(client, edge, dropsUpgrades), PassAsync(edge, client, dropsUpgrade: false));
        lock (_lock)
        {
            _isOver = true;
            client.Dispose();
            edge.Dispose();
        }
    }

    /// <summary>Ends it hard, on both sides.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            Abort(client);
            if (_edge is { } edge)
            {
                Abort(edge);
            }
        }

        _ended.TrySetResult();
    }

    /// <summary>Passes on nothing any more, and tells nobody.</summary>
    public void Silence() => _isSilent = true;

    private static void Abort(Socket socket)
    {
        // With no time to linger, a close is a reset.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    // What one side did not end in good order, the other doesn't either.
    private async Task PassAsync(Socket from, Socket to, bool dropsUpgrade)
    {
        try
        {
            await PumpAsync(from, to, dropsUpgrade);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            if (_isSilent)
            {
                await _ended.Task;
            }

            Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool dropsUpgrade)
    {
        byte[] buffer = new byte[BufferBytes];
        if (dropsUpgrade && !await PassHeadAsync(from, to, buffer))
        {
            to.Shutdown(SocketShutdown.Send);
            return;
        }

        while (true)
        {
            int count = await from.ReceiveAsync(buffer);
            if (_isSilent)
            {
                await _ended.Task;
                return;
            }

            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            await SendAsync(to, buffer.AsMemory(0, count));
        }
    }

    // False where the client was done before its request's head was.
    private static async Task<bool> PassHeadAsync(Socket from, Socket to, byte[] buffer)
    {
        int length = 0;
        while (!RequestHead.IsComplete(buffer.AsSpan(0, length)) && length < buffer.Length)
        {
            int count = await from.ReceiveAsync(buffer.AsMemory(length));
            if (count == 0)
            {
                return false;
            }

            length += count;
        }

        await SendAsync(to, RequestHead.WithoutUpgrade(buffer.AsSpan(0, length)));
        return true;
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }
}
