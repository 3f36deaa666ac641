using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Switchboard.Cli.Api;

/// <summary>Asks the HTTP API of docs/api.md.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;

    /// <param name="url">The server, as the commands know it; its path is the WebSocket's.</param>
    /// <param name="key">The API key; null for none.</param>
    public ApiClient(Uri url, string? key)
    {
        UriBuilder address = new(url)
        {
            Scheme = url.Scheme is "https" or "wss" ? "https" : "http",
            Path = "/api/v1/",
            Query = string.Empty,
        };
        _http = new HttpClient { BaseAddress = address.Uri, Timeout = TimeOut };
        if (key is not null && !(_http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", key)))
        {
            _http.Dispose();
            throw new UsageException("--api-key has characters that no key has");
        }

        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>Asks a question.</summary>
    /// <param name="question">The path below <c>/api/v1/</c>, with its query.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The answer; null where there is no such connection, user or room.</returns>
    /// <exception cref="CliException">It was refused, or the server can't be reached.</exception>
    public async Task<JsonDocument?> GetAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(question, cancellationToken);
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return JsonDocument.Parse(body);
            }

            Problem problem = Problem.Read(body);
            return problem.Code is "no_such_connection"
                ? null
                : throw new CliException(Explain(response.StatusCode, problem, question));
        }
        catch (HttpRequestException e)
        {
            throw new CliException($"no connection to {_http.BaseAddress}: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new CliException($"what {_http.BaseAddress} answers is not JSON: is a Switchboard server there?", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"no answer from {_http.BaseAddress} in {TimeOut.TotalSeconds} seconds", e);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="CliException">It does not have the fields that docs/api.md has.</exception>
    public T Read<T>(JsonDocument answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.RootElement);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CliException($"what {_http.BaseAddress} answers is not what it should be: is a Switchboard server there?", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private string Explain(HttpStatusCode status, Problem problem, string question) => status switch
    {
        HttpStatusCode.Unauthorized => $"{problem.Line}: give a key of the server's with --api-key or SWITCHBOARD_API_KEY",
        HttpStatusCode.NotFound => $"{_http.BaseAddress}{question.Split('?')[0]} is not there: the server may be older than this program",
        _ => $"{(int)status} {problem.Line}",
    };
}
