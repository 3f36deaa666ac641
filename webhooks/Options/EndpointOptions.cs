using Switchboard.Webhooks.Signing;

namespace Switchboard.Webhooks;

/// <summary>One address that is asked and told.</summary>
public sealed class EndpointOptions
{
    /// <summary>The longest pattern in characters.</summary>
    public const int MaxPattern = 256;

    /// <summary>Where to: an absolute http or https URL. Redirects are not followed, and no proxy is used.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>What the requests are signed with, 24 to 64 bytes in base64, "whsec_" before it or not. Better in a file.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>A file with the secret.</summary>
    public string SecretFile { get; set; } = string.Empty;

    /// <summary>What it is asked or told; one at least.</summary>
    public IList<WebhookEvent> Events { get; set; } = [];

    /// <summary>Of which rooms it is asked and told: a name in which '*' stands for any characters, also none.</summary>
    public string Rooms { get; set; } = "*";

    /// <summary>How long one request may take. A client that connects or publishes waits as long.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many requests may be under way at one time for each of: connect, publish, and all notices together. A
    /// question beyond it counts as one without an answer; a notice waits.
    /// </summary>
    public int MaxInFlight { get; set; } = 64;

    /// <summary>How many notices may wait. Beyond it, the oldest are dropped.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>The longest answer in bytes. A longer one counts as none.</summary>
    public int MaxAnswerBytes { get; set; } = 256 * 1024;

    /// <summary>What a question without a valid answer means.</summary>
    public FailurePolicy OnFailure { get; set; } = FailurePolicy.Closed;

    /// <summary>When notices are sent again.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Says what is wrong, one message a field; nothing where all is well. Reads the file.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            yield return $"{nameof(Url)} must be an absolute http or https URL without a user's name";
        }

        if (SecretProblem() is { } problem)
        {
            yield return problem;
        }

        if (Events.Count == 0 || !Events.All(Enum.IsDefined) || Events.Distinct().Count() != Events.Count)
        {
            yield return $"{nameof(Events)} must be one or more of {string.Join(", ", Enum.GetNames<WebhookEvent>())}, each once";
        }

        if (Rooms.Length is 0 or > MaxPattern)
        {
            yield return $"{nameof(Rooms)} must be a pattern of 1 to {MaxPattern} characters";
        }

        if (!Enum.IsDefined(OnFailure))
        {
            yield return $"{nameof(OnFailure)} must be Closed or Open";
        }

        foreach (string issue in Bounds.Check(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30))
            .Concat(Bounds.Check(nameof(MaxInFlight), MaxInFlight, 1, 1_000))
            .Concat(Bounds.Check(nameof(MaxWaiting), MaxWaiting, 1, 1_000_000))
            .Concat(Bounds.Check(nameof(MaxAnswerBytes), MaxAnswerBytes, 1024, 16 * 1024 * 1024))
            .Concat(Retry.Validate().Select(static issue => $"{nameof(Retry)}.{issue}")))
        {
            yield return issue;
        }
    }

    private string? SecretProblem()
    {
        if (Secret.Length == 0 == (SecretFile.Length == 0))
        {
            return $"an endpoint has either {nameof(Secret)} or {nameof(SecretFile)}";
        }

        try
        {
            WebhookSecret.Read(this);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
