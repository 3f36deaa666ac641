using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>Says of what HTTP answers or throws how a link ends.</summary>
internal static class HttpFailures
{
    /// <summary>Whether an exception says that the network, or what it was asked for, failed. Where HTTP is Mono's, it is the last one.</summary>
    public static bool IsOne(Exception failure) => failure is HttpRequestException or IOException or WebException;

    /// <summary>The end that a refusal with a status is.</summary>
    public static LinkEnd Refused(HttpStatusCode status, string text, TimeSpan? retryAfter, Exception? cause = null) =>
        new(LinkEnd.Abnormal, $"the server refused with {(int)status}{(text.Length > 0 ? $": {text.Trim()}" : string.Empty)}")
        {
            Status = (int)status,
            RetryAfter = retryAfter ?? TimeSpan.Zero,
            // A token, a rate or a full server are the same on every way.
            MayBeTheWay = (int)status is not (401 or 408 or 429 or 500 or 503),
            Cause = cause,
        };

    /// <summary>The end that a failure of the network is. Where nobody listens, nobody does on another way.</summary>
    public static LinkEnd Broken(Exception cause) => new(LinkEnd.Abnormal, cause.GetBaseException().Message)
    {
        Cause = cause,
        MayBeTheWay = cause.GetBaseException() is not SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NetworkUnreachable
                or SocketError.HostUnreachable or SocketError.TryAgain or SocketError.NoData
        },
    };

    /// <summary>The end that an answer other than a success is, with what its body says.</summary>
    public static async ValueTask<LinkEnd> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = Text(await response.Content.ReadAsStringAsync(cancellationToken), response.Content.Headers.ContentType?.MediaType);
        return Refused(response.StatusCode, text.Length > 300 ? text[..300] : text, response.Headers.RetryAfter?.Delta);
    }

    // Problem details in a line; a page of something in between says nothing to who reads it here.
    private static string Text(string body, string? type)
    {
        if (type != "application/problem+json")
        {
            return type == "text/plain" ? body : string.Empty;
        }

        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            string?[] parts = [problem.RootElement.Text("code"), problem.RootElement.Text("detail")];
            return string.Join(": ", parts.Where(static part => part is not null));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return body;
        }
    }
}
