using System.Diagnostics.Metrics;

namespace Switchboard.Webhooks.Metrics;

/// <summary>What is counted of webhooks, as instruments of the meter "Switchboard.Webhooks".</summary>
public sealed class WebhookMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Switchboard.Webhooks";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _questions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _dropped;
    private readonly UpDownCounter<long> _waiting;

    /// <summary>Creates the instruments.</summary>
    public WebhookMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _questions = _meter.CreateCounter<long>(
            "switchboard.webhooks.questions", "{question}", "Questions, by event and outcome.");
        _duration = _meter.CreateHistogram(
            "switchboard.webhooks.questions.duration", "s", "How long clients waited for an answer, by event.", tags: null, Durations);
        _sent = _meter.CreateCounter<long>(
            "switchboard.webhooks.notices.sent", "{notice}", "Notices that an endpoint took, by event.");
        _failures = _meter.CreateCounter<long>(
            "switchboard.webhooks.notices.failures", "{attempt}", "Attempts at a notice that failed, by event.");
        _dropped = _meter.CreateCounter<long>(
            "switchboard.webhooks.notices.dropped", "{notice}", "Notices that were given up, by event and reason.");
        _waiting = _meter.CreateUpDownCounter<long>(
            "switchboard.webhooks.notices.waiting", "{notice}", "Notices that wait for their first attempt.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Asked(WebhookEvent what, string outcome, TimeSpan took)
    {
        KeyValuePair<string, object?> tag = Tag(what);
        _questions.Add(1, tag, new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(took.TotalSeconds, tag);
    }

    internal void Sent(WebhookEvent what) => _sent.Add(1, Tag(what));

    internal void Failed(WebhookEvent what) => _failures.Add(1, Tag(what));

    internal void Dropped(WebhookEvent what, string reason) =>
        _dropped.Add(1, Tag(what), new KeyValuePair<string, object?>("reason", reason));

    internal void Waiting(int change) => _waiting.Add(change);

    private static KeyValuePair<string, object?> Tag(WebhookEvent what) => new("event", what.Name());
}
