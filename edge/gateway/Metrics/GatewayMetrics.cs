using System.Diagnostics;
using System.Diagnostics.Metrics;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Metrics;

/// <summary>What the gateway counts, as instruments of the meter "Switchboard.Gateway".</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Switchboard.Gateway";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _superseded;
    private readonly Counter<long> _overflows;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _apiRequests;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _limits;

    /// <summary>Creates the instruments.</summary>
    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _connections = _meter.CreateUpDownCounter<long>(
            "switchboard.gateway.connections", "{connection}", "WebSockets that are open.");
        _handshakes = _meter.CreateCounter<long>(
            "switchboard.gateway.handshakes", "{handshake}", "Handshakes that were accepted.");
        _refusals = _meter.CreateCounter<long>(
            "switchboard.gateway.refusals", "{handshake}", "Handshakes that were refused, by HTTP status.");
        _closes = _meter.CreateCounter<long>(
            "switchboard.gateway.closes", "{connection}", "Close frames sent, by code.");
        _errors = _meter.CreateCounter<long>(
            "switchboard.gateway.errors", "{error}", "Commands answered with an error, by code.");
        _dropped = _meter.CreateCounter<long>(
            "switchboard.gateway.messages.dropped", "{message}", "Volatile messages dropped for a receiver that is behind.");
        _superseded = _meter.CreateCounter<long>(
            "switchboard.gateway.messages.superseded", "{message}", "Waiting messages replaced by a newer one of their slot.");
        _overflows = _meter.CreateCounter<long>(
            "switchboard.gateway.overflows", "{overflow}", "Outbound queues that ran full.");
        _lost = _meter.CreateCounter<long>(
            "switchboard.gateway.lost", "{notice}", "Receivers told that messages were lost.");
        _apiRequests = _meter.CreateCounter<long>(
            "switchboard.gateway.api.requests", "{request}", "Requests of the HTTP API, by path and HTTP status.");
        _tokens = _meter.CreateCounter<long>(
            "switchboard.gateway.tokens.refused", "{token}", "Tokens that were not accepted, by reason.");
        _limits = _meter.CreateCounter<long>(
            "switchboard.gateway.limits", "{refusal}", "Refusals by a limit, by whose it is and what it limits.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Opened()
    {
        _handshakes.Add(1);
        _connections.Add(1);
    }

    internal void Ended() => _connections.Add(-1);

    internal void Refused(int status) => _refusals.Add(1, new KeyValuePair<string, object?>("status", status));

    internal void Closed(ushort code)
    {
        TagList tags = default;
        tags.Add("code", (int)code);
        _closes.Add(1, tags);
    }

    internal void Error(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));

    internal void Dropped() => _dropped.Add(1);

    internal void Superseded() => _superseded.Add(1);

    internal void Overflowed() => _overflows.Add(1);

    internal void TokenRefused(TokenRefusal reason) =>
        _tokens.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void Limited(LimitScope scope, LimitKind kind) => _limits.Add(
        1,
        new KeyValuePair<string, object?>("scope", LimitNames.Of(scope)),
        new KeyValuePair<string, object?>("kind", LimitNames.Of(kind)));

    internal void Lost() => _lost.Add(1);

    internal void ApiAnswered(string path, int status)
    {
        TagList tags = default;
        tags.Add("path", path);
        tags.Add("status", status);
        _apiRequests.Add(1, tags);
    }
}
