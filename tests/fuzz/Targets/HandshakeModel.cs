using System.Text;
using Switchboard.Protocol.Handshake;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Reads heads in the plainest way, once they are known to be well-formed; the oracle for the handshake.
/// </summary>
internal static class HandshakeModel
{
    private static readonly string[] Names =
    [
        "Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions", "Origin", "Content-Length", "X-Other",
    ];

    /// <summary>Compares a head with the text that it was read from, and with its limits.</summary>
    public static void Compare(ReadOnlySpan<byte> bytes, RequestHead head, HeadLimits limits)
    {
        string text = Encoding.Latin1.GetString(bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Unless(end >= 0 && head.Length == end + 4, "the head's end is not at its empty line");
        string[] lines = text[..end].Split("\r\n");
        Unless(
            head.Length <= limits.MaxBytes
                && lines.Length - 1 <= limits.MaxHeaders
                && head.Target.Length <= limits.MaxTargetBytes,
            "a head above its limits");
        Unless(lines[0] == $"{head.Method} {head.Target} HTTP/1.1", "the request line differs");
        foreach (string name in Names)
        {
            IEnumerable<string> named = lines[1..].Where(line => IsNamed(line, name));
            string[] values = [.. named.Select(line => line[(name.Length + 1)..].Trim(' ', '\t'))];
            string? expected = values.Length == 0 ? null : string.Join(", ", values);
            Unless(head.CountHeaders(name) == values.Length, "the count of headers differs");
            Unless(head.Header(name) == expected, "a header's value differs");
        }

        Unless(lines[1..].All(line => line.IndexOf(':') > 0), "a header line without its colon");
    }

    /// <summary>What every accepted request must have (RFC 6455 §4.2.1).</summary>
    public static void CheckAcceptable(RequestHead head) => Unless(
        head.Method == "GET"
            && Lists(head.Header("Upgrade"), "websocket")
            && Lists(head.Header("Connection"), "upgrade")
            && head.Header("Sec-WebSocket-Version") == "13"
            && head.CountHeaders("Sec-WebSocket-Key") == 1
            && Convert.FromBase64String(head.Header("Sec-WebSocket-Key")!).Length == 16,
        "accepts what is no handshake");

    /// <summary>That a response is well-formed, and its body as long as it says.</summary>
    public static void CheckResponse(ReadOnlySpan<byte> bytes, int status)
    {
        string text = Encoding.Latin1.GetString(bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Unless(end >= 0, "the response has no end");
        string[] lines = text[..end].Split("\r\n");
        Unless(lines[0].StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), "the status line is wrong");
        Unless(lines.All(line => line.All(c => c is >= ' ' and < '\x7F')), "the response holds what is not printable");
        Unless(lines[1..].All(line => line.IndexOf(": ", StringComparison.Ordinal) > 0), "a header line is wrong");
        string? length = lines.FirstOrDefault(line => IsNamed(line, "Content-Length"));
        int body = text.Length - end - 4;
        Unless(length is null ? body == 0 : length == $"Content-Length: {body}", "the body is not as long as it says");
    }

    private static bool IsNamed(string line, string name) =>
        line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);

    private static bool Lists(string? value, string token) =>
        value is not null
        && value.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase);
}
