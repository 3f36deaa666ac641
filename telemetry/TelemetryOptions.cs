namespace Switchboard.Telemetry;

/// <summary>Where metrics, traces and logs are exported to: the section "Switchboard:Telemetry".</summary>
public sealed class TelemetryOptions
{
    private const int MostTraces = 10_000;

    private static readonly TimeSpan LeastPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The address of a receiver that speaks OTLP over HTTP with protobuf, to which <c>/v1/metrics</c>, <c>/v1/traces</c> and
    /// <c>/v1/logs</c> are added. Empty: nothing is exported.
    /// </summary>
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Headers of every request to the receiver, by name.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Whether metrics are exported.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Whether traces are exported.</summary>
    public bool Traces { get; set; } = true;

    /// <summary>Whether logs are exported, beside where else they go.</summary>
    public bool Logs { get; set; } = true;

    /// <summary>The share of clients' publishes that are traced, 0 to 1.</summary>
    public double SamplingRatio { get; set; } = 0.01;

    /// <summary>The most publishes that an edge traces in a second, 1 to 10,000.</summary>
    public int MaxTracesPerSecond { get; set; } = 100;

    /// <summary>How often metrics are exported, 1 second to 10 minutes.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an export may take, 1 second to 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Meters that are exported beside Switchboard's own and the runtime's; "*" at the end stands for anything.</summary>
    public IList<string> Meters { get; } = [];

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => Endpoint.Length > 0;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (IsOn && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
        {
            yield return $"{nameof(Endpoint)} must be an address that begins with http:// or https://, but is {Endpoint}";
        }

        if (!(SamplingRatio is >= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(SamplingRatio)} must be 0 to 1, but is {SamplingRatio}");
        }

        if (MaxTracesPerSecond is < 1 or > MostTraces)
        {
            yield return FormattableString.Invariant($"{nameof(MaxTracesPerSecond)} must be 1 to {MostTraces}, but is {MaxTracesPerSecond}");
        }

        if (Period < LeastPeriod || Period > LongestPeriod)
        {
            yield return $"{nameof(Period)} must be {LeastPeriod} to {LongestPeriod}, but is {Period}";
        }

        if (Timeout < LeastPeriod || Timeout > LongestTimeout)
        {
            yield return $"{nameof(Timeout)} must be {LeastPeriod} to {LongestTimeout}, but is {Timeout}";
        }

        foreach ((string name, string value) in Headers)
        {
            // They go to the exporter as one text.
            if (name.Length == 0 || name.AsSpan().ContainsAny(",= ") || value.Contains(','))
            {
                yield return $"{nameof(Headers)}:{name} must have neither a comma nor, in its name, a space or an equals sign";
            }
        }
    }
}
