namespace Switchboard.Webhooks;

/// <summary>What is asked of the application, and what it is told. Checked at start.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where to. Several for one event are asked one after another, in this order; the first that refuses decides.</summary>
    public IList<EndpointOptions> Endpoints { get; set; } = [];

    /// <summary>
    /// True where the answer to connect says who a client is: then nobody names itself, and an endpoint for connect is
    /// needed. Not together with tokens.
    /// </summary>
    public bool NamesUsers { get; set; }

    /// <summary>The headers of a handshake that connect is told with <see cref="NamesUsers"/>: "Cookie", "Authorization".</summary>
    public IList<string> ForwardHeaders { get; set; } = [];

    /// <summary>How long a stop waits for the notices that are left, each of them tried once more.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string problem in Endpoints.SelectMany(static (endpoint, i) =>
            endpoint.Validate().Select(problem => $"{nameof(Endpoints)}:{i}.{problem}")))
        {
            yield return problem;
        }

        EndpointOptions[] connects = [.. Endpoints.Where(static endpoint => endpoint.Events.Contains(WebhookEvent.Connect))];
        if (NamesUsers && connects.Length == 0)
        {
            yield return $"{nameof(NamesUsers)} takes an endpoint with the event {nameof(WebhookEvent.Connect)}";
        }

        if (NamesUsers && connects.Any(static endpoint => endpoint.OnFailure == FailurePolicy.Open))
        {
            yield return $"{nameof(NamesUsers)} takes {nameof(EndpointOptions.OnFailure)} Closed: without an answer nobody is named";
        }

        if (ForwardHeaders.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{nameof(ForwardHeaders)} must be names of headers";
        }

        foreach (string problem in Bounds.Check(nameof(StopTimeout), StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5)))
        {
            yield return problem;
        }
    }
}
