namespace Switchboard.ClientContract.Transports;

/// <summary>What a client may be told of what it sends, and sends again: it passes by itself.</summary>
internal static class SendRefusal
{
    private static readonly string[] Passing = ["no_session", "unavailable", "too_many_requests", "resume_expired"];

    /// <summary>Fails the test at any other refusal.</summary>
    public static async Task ShouldPassAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(
            Passing.Any(code => text.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal)),
            $"{response.StatusCode} {text}");
    }
}
