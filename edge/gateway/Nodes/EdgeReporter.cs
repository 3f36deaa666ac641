using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Switchboard.Core.Backplane;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;

namespace Switchboard.Gateway.Nodes;

/// <summary>Answers for this edge when the backplane asks how it is, and drains it when it is told to.</summary>
internal sealed class EdgeReporter : IHostedService, IDisposable
{
    private const string Dropped = "switchboard.gateway.messages.dropped";
    private const string Superseded = "switchboard.gateway.messages.superseded";
    private const string Lost = "switchboard.gateway.lost";
    private const string Refusals = "switchboard.gateway.refusals";

    private readonly WebSocketGateway _gateway;
    private readonly EdgeDrain _drain;
    private readonly GatewayMetrics _metrics;
    private readonly IServer? _server;
    private readonly CounterTotals _totals;
    private readonly string _version = NodeVersion.Of(typeof(EdgeReporter).Assembly);
    private readonly long _started;

    public EdgeReporter(
        WebSocketGateway gateway,
        EdgeDrain drain,
        GatewayMetrics metrics,
        TimeProvider time,
        IMeterFactory meters,
        IServer? server = null)
    {
        _gateway = gateway;
        _drain = drain;
        _metrics = metrics;
        _server = server;
        _started = time.GetUtcNow().ToUnixTimeMilliseconds();
        _totals = new CounterTotals(meters, Dropped, Superseded, Lost, Refusals);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _gateway.Hub.OnReport = Report;
        _gateway.Hub.OnDrain = _drain.Begin;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _totals.Dispose();

    private NodeReport Report() => new(
        // Not known before the server listens.
        string.Join(' ', _server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? []),
        _version,
        _started,
        _gateway.Gatekeeper.IsStopping,
        new NodeFigures
        {
            Connections = _gateway.Hub.ConnectionCount,
            Rooms = _gateway.Hub.RoomCount,
            Received = _metrics.Received.Messages,
            Sent = _metrics.Sent.Messages,
            Dropped = _totals[Dropped] + _totals[Superseded],
            Lost = _totals[Lost],
            Refused = _totals[Refusals],
            Memory = Environment.WorkingSet,
            Cpu = Environment.CpuUsage.TotalTime,
        });
}
