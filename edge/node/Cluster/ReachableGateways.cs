using System.Data.Common;
using System.Net.Sockets;
using Orleans.Messaging;

namespace Switchboard.Node.Cluster;

/// <summary>
/// Of the silos that are listed, those that take a connection from here. Orleans' client calls through a silo for as long as it is
/// listed and its connection holds, and where packets vanish on the way nothing ends that connection for minutes. A silo that is left
/// out here is called through no more, and once it is back, by a new connection.
/// </summary>
/// <param name="listed">The silos that are taken to be alive. While the list can't be had, the one before counts on.</param>
/// <param name="patience">How long the list may take, and then a silo.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where is logged to.</param>
internal sealed partial class ReachableGateways(
    IGatewayListProvider listed, TimeSpan patience, TimeProvider time, ILogger<ReachableGateways> logger) : IGatewayListProvider
{
    // While there is nobody to call, every call asks for the list.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private Task<IList<Uri>>? _asking;
    private IList<Uri>? _known;
    private HashSet<Uri> _unreachable = [];
    private bool _hasReached;
    private bool _reachesNone;

    public TimeSpan MaxStaleness => listed.MaxStaleness;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => listed.InitializeGatewayListProvider();

    /// <summary>What is asked at the same time, now and then, makes no difference: each answer is a whole one.</summary>
    public async Task<IList<Uri>> GetGateways()
    {
        if (_reachesNone)
        {
            await Task.Delay(Pause, time);
        }

        IList<Uri> all = await ListAsync();
        bool[] reached = await Task.WhenAll(all.Select(ReachesAsync));

        // Before the first connection the client says itself why there is none.
        _hasReached |= Array.Exists(reached, static one => one);
        if (!_hasReached)
        {
            return all;
        }

        HashSet<Uri> unreachable = [.. all.Where((_, i) => !reached[i])];
        foreach (Uri gateway in unreachable.Except(_unreachable))
        {
            LogUnreachable(logger, gateway.Authority);
        }

        foreach (Uri gateway in _unreachable.Intersect(all).Except(unreachable))
        {
            LogReachable(logger, gateway.Authority);
        }

        _unreachable = unreachable;
        _reachesNone = unreachable.Count == all.Count;
        return [.. all.Where(gateway => !unreachable.Contains(gateway))];
    }

    private async Task<IList<Uri>> ListAsync()
    {
        // A question that the database has not answered yet is waited for further, rather than asked again.
        _asking = _asking is { IsCompleted: false } ? _asking : listed.GetGateways();
        try
        {
            return _known = await _asking.WaitAsync(patience, time);
        }
        catch (Exception exception) when (
            exception is TimeoutException or DbException or SocketException or IOException && _known is not null)
        {
            LogNoList(logger, exception.Message);
            return _known;
        }
    }

    private async Task<bool> ReachesAsync(Uri gateway)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource limit = new(patience, time);
        try
        {
            await socket.ConnectAsync(gateway.DnsSafeHost, gateway.Port, limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The silo at {Gateway} can't be reached from here; calls go through others")]
    private static partial void LogUnreachable(ILogger logger, string gateway);

    [LoggerMessage(3, LogLevel.Warning, "The list of silos can't be had ({Reason}); the one before counts on")]
    private static partial void LogNoList(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The silo at {Gateway} can be reached again")]
    private static partial void LogReachable(ILogger logger, string gateway);
}
