using System.Net;

namespace Switchboard.Deployment.Tests.Testing;

/// <summary>What /readyz of a node answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The status, and the sentence; null while nobody listens.</summary>
    public static async Task<(HttpStatusCode Status, string Text)?> AskAsync(int port)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync($"http://127.0.0.1:{port}/readyz");
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits for a status; the sentence that came with it.</summary>
    public static async Task<string> AwaitAsync(int port, HttpStatusCode status, RunningProgram program)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            (HttpStatusCode Status, string Text)? answer = await AskAsync(port);
            if (answer?.Status == status)
            {
                return answer.Value.Text;
            }

            Assert.False(program.HasEnded, $"the program on port {port} ended:\n{program.Output}");
            Assert.True(DateTime.UtcNow < deadline, $"port {port} answers {answer}, not {status}:\n{program.Output}");
            await Task.Delay(Poll);
        }
    }
}
