using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>Why a request is not carried out, as problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Detail">The same in a sentence, for people.</param>
internal sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>Headers that go with it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The number that a request should have had; null where that is not what is wrong.</summary>
    public long? Expected { get; init; }

    public static Problem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "bad_request", detail);

    public static Problem TooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is larger than {most} bytes.");

    public static Problem MethodNotAllowed(string allowed) =>
        new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"Only {allowed} goes here.")
        {
            Headers = [new("Allow", allowed + ", OPTIONS")],
        };

    /// <summary>One that goes away by itself.</summary>
    public static Problem Later(int status, string code, string detail) =>
        new(status, code, detail) { Headers = [new("Retry-After", "1")] };

    /// <summary>What would be a refused handshake on a socket.</summary>
    public static Problem From(HandshakeRefusal refusal) => new(
        refusal.StatusCode,
        refusal.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "unauthorized",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status429TooManyRequests => "too_many_requests",
            StatusCodes.Status503ServiceUnavailable => "unavailable",
            _ => "bad_request",
        },
        refusal.Text)
    {
        Headers = refusal.Headers,
    };

    /// <summary>A request that ASP.NET Core could not read.</summary>
    public static Problem From(BadHttpRequestException failure) => new(failure.StatusCode, "bad_request", failure.Message);

    /// <summary>Answers a request with it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.StatusCode = Status;
        foreach ((string name, string value) in Headers)
        {
            response.Headers[name] = value;
        }

        return response.WriteAsJsonAsync(
            new Dictionary<string, object?>
            {
                ["type"] = "about:blank",
                ["title"] = Title,
                ["status"] = Status,
                ["detail"] = Detail,
                ["code"] = Code,
                ["expected"] = Expected,
            }.Where(static field => field.Value is not null).ToDictionary(),
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }

    private string Title => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase
        ? phrase
        : Status.ToString(CultureInfo.InvariantCulture);
}
