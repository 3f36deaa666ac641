using System.Diagnostics;
using System.Diagnostics.Metrics;
using Switchboard.Core.Backplane;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Metrics;

/// <summary>What the gateway counts, as instruments of the meter "Switchboard.Gateway".</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Switchboard.Gateway";

    // From a message between two members of one edge to one that waited for a silo to be replaced.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    };

    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _superseded;
    private readonly Counter<long> _overflows;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _recoveries;
    private readonly Histogram<double> _delivery;
    private readonly OneOfSixteen _timed = new();
    private long _open;
    private readonly Counter<long> _apiRequests;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _limits;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Where the meter is from.</param>
    /// <param name="time">The clock that deliveries are timed by, which should be that of the rooms; null for the system's.</param>
    public GatewayMetrics(IMeterFactory meters, TimeProvider? time = null)
    {
        _meter = meters.Create(MeterName);
        _time = time ?? TimeProvider.System;
        _meter.CreateObservableUpDownCounter(
            "switchboard.gateway.connections", () => Interlocked.Read(ref _open), "{connection}", "WebSockets that are open.");
        _handshakes = _meter.CreateCounter<long>(
            "switchboard.gateway.handshakes", "{handshake}", "Handshakes, by result.");
        _refusals = _meter.CreateCounter<long>(
            "switchboard.gateway.refusals", "{handshake}", "Handshakes that were refused, by HTTP status.");
        _closes = _meter.CreateCounter<long>(
            "switchboard.gateway.closes", "{connection}", "Close frames sent, by code.");
        _errors = _meter.CreateCounter<long>(
            "switchboard.gateway.errors", "{error}", "Commands answered with an error, by code.");
        _dropped = _meter.CreateCounter<long>(
            "switchboard.gateway.messages.dropped", "{message}", "Messages not sent to a receiver, by reason.");
        _superseded = _meter.CreateCounter<long>(
            "switchboard.gateway.messages.superseded", "{message}", "Waiting messages replaced by a newer one of their slot.");
        _overflows = _meter.CreateCounter<long>(
            "switchboard.gateway.overflows", "{overflow}", "Outbound queues that ran full.");
        _lost = _meter.CreateCounter<long>(
            "switchboard.gateway.lost", "{notice}", "Receivers told that messages were lost.");
        _resumes = _meter.CreateCounter<long>(
            "switchboard.gateway.resumes", "{resume}", "Connections that were to be resumed, by result.");
        _recoveries = _meter.CreateCounter<long>(
            "switchboard.gateway.recoveries", "{feed}", "Feeds that were to go on from a position, by outcome.");
        _delivery = _meter.CreateHistogram(
            "switchboard.gateway.delivery.duration",
            "s",
            "From when a message was published to when it was given to its receivers' sockets; the oldest of every sixteenth delivery.",
            tags: null,
            Durations);
        _meter.CreateObservableCounter(
            "switchboard.gateway.messages.received", () => Received.Messages, "{message}", "Messages that clients sent.");
        _meter.CreateObservableCounter(
            "switchboard.gateway.messages.sent", () => Sent.Messages, "{message}", "Messages given to clients' sockets.");
        _meter.CreateObservableCounter(
            "switchboard.gateway.io.received", () => Received.Bytes, "By", "Bytes read from clients' sockets, without those of TLS.");
        _meter.CreateObservableCounter(
            "switchboard.gateway.io.sent", () => Sent.Bytes, "By", "Bytes written to clients' sockets, without those of TLS.");
        _meter.CreateObservableUpDownCounter(
            "switchboard.gateway.queue.size", () => QueueBytes?.Invoke() ?? 0, "By", "Bytes that wait for sockets that are behind.");
        _meter.CreateObservableUpDownCounter(
            "switchboard.gateway.rooms", () => Rooms?.Invoke() ?? 0, "{room}", "Rooms that have members on this edge.");
        _apiRequests = _meter.CreateCounter<long>(
            "switchboard.gateway.api.requests", "{request}", "Requests of the HTTP API, by path and HTTP status.");
        _tokens = _meter.CreateCounter<long>(
            "switchboard.gateway.tokens.refused", "{token}", "Tokens that were not accepted, by reason.");
        _limits = _meter.CreateCounter<long>(
            "switchboard.gateway.limits", "{refusal}", "Refusals by a limit, by whose it is and what it limits.");
    }

    /// <summary>What clients sent.</summary>
    internal Throughput Received { get; } = new();

    /// <summary>What was given to clients' sockets.</summary>
    internal Throughput Sent { get; } = new();

    /// <summary>Adds up what waits for sockets; asked when somebody collects.</summary>
    internal Func<long>? QueueBytes { get; set; }

    /// <summary>Counts the rooms; asked when somebody collects.</summary>
    internal Func<long>? Rooms { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Opened()
    {
        _handshakes.Add(1, new KeyValuePair<string, object?>("result", "accepted"));
        Interlocked.Increment(ref _open);
    }

    internal void Ended() => Interlocked.Decrement(ref _open);

    internal void Refused(int status)
    {
        _handshakes.Add(1, new KeyValuePair<string, object?>("result", "refused"));
        _refusals.Add(1, new KeyValuePair<string, object?>("status", status));
    }

    internal void Closed(ushort code)
    {
        TagList tags = default;
        tags.Add("code", (int)code);
        _closes.Add(1, tags);
    }

    internal void Error(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));

    internal void Dropped(DropReason reason, int messages = 1) => _dropped.Add(
        messages, new KeyValuePair<string, object?>("reason", reason == DropReason.Behind ? "behind" : "overflow"));

    /// <summary>
    /// A delivery, whose oldest message is so old, was given to the sockets. Free while nobody listens; then one of sixteen
    /// is timed, for a server by itself has one for every message.
    /// </summary>
    /// <param name="published">When, in milliseconds since the Unix epoch.</param>
    internal void Delivered(long published)
    {
        if (_delivery.Enabled && _timed.Takes())
        {
            long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            _delivery.Record(Math.Max(now - published, 0) / 1000d);
        }
    }

    internal void Resumed(BackplaneStatus status) => _resumes.Add(
        1, new KeyValuePair<string, object?>("result", status switch
        {
            BackplaneStatus.Ok => "resumed",
            BackplaneStatus.NoSuchConnection => "expired",
            BackplaneStatus.Unavailable => "unavailable",
            _ => "refused",
        }));

    internal void Recovered(RecoveryOutcome outcome)
    {
        if (outcome != RecoveryOutcome.NotAsked)
        {
            _recoveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
            {
                RecoveryOutcome.Recovered => "recovered",
                RecoveryOutcome.EpochChanged => "epoch_changed",
                RecoveryOutcome.Trimmed => "trimmed",
                _ => "ahead",
            }));
        }
    }

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
