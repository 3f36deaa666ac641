using System.Net;

namespace Switchboard.Testing.Programs;

/// <summary>What /readyz of a node answers.</summary>
public static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The status, and the sentence; null while nobody listens, or answers in time.</summary>
    public static async Task<(HttpStatusCode Status, string Text)?> AskAsync(int port)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits for a status; the sentence that came with it.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    /// <exception cref="TimeoutException">It answers something else for two minutes.</exception>
    public static async Task<string> AwaitAsync(int port, HttpStatusCode status, RunningProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            (HttpStatusCode Status, string Text)? answer = await AskAsync(port);
            if (answer?.Status == status)
            {
                return answer.Value.Text;
            }

            if (program.HasEnded)
            {
                throw new InvalidOperationException($"the program on port {port} ended:\n{program.Output}");
            }

            if (DateTime.UtcNow >= deadline)
            {
                throw new TimeoutException($"port {port} answers {answer}, not {status}:\n{program.Output}");
            }

            await Task.Delay(Poll);
        }
    }
}
