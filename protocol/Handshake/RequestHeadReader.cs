namespace Switchboard.Protocol.Handshake;

/// <summary>Reads a request head whose end is known, and checks what RFC 7230 asks of every request.</summary>
internal static class RequestHeadReader
{
    /// <summary>Reads a head of <paramref name="headers"/> header lines, each ended by CR LF.</summary>
    public static RequestHeadResult Read(byte[] bytes, int headers)
    {
        int lineLength = bytes.AsSpan().IndexOf("\r\n"u8);
        RequestLine? line = RequestLine.Parse(bytes.AsSpan(0, lineLength), out HandshakeRefusal? refusal);
        if (line is null)
        {
            return RequestHeadResult.Violation(refusal!);
        }

        string? error;
        if (!HeaderTable.TryParse(bytes, lineLength + 2, headers, out HeaderTable? table, out error)
            || (error = ReadHost(table, out Authority host) ?? CheckBody(line.Method, table)) is not null)
        {
            return RequestHeadResult.Violation(HandshakeRefusal.BadRequest(error));
        }

        // RFC 7230 §5.4: the authority of an absolute-form target replaces the Host header.
        return RequestHeadResult.Done(new RequestHead(line, line.Authority ?? host, table, bytes.Length));
    }

    private static string? ReadHost(HeaderTable headers, out Authority host)
    {
        host = default;

        // RFC 7230 §5.4: 400 where Host is missing, repeated or invalid.
        if (headers.Count(HeaderNames.Host) != 1)
        {
            return "The request needs exactly one Host header.";
        }

        return Authority.TryParse(headers.Get(HeaderNames.Host), out host) ? null : "The Host header is invalid.";
    }

    private static string? CheckBody(string method, HeaderTable headers)
    {
        if (method != "GET")
        {
            return null;
        }

        // RFC 7230 §3.3: a body would be taken for the first frames.
        if (headers.Count(HeaderNames.TransferEncoding) > 0)
        {
            return "A GET request must not have a Transfer-Encoding.";
        }

        return headers.Get(HeaderNames.ContentLength) is null or "0" ? null : "A GET request must not have a body.";
    }
}
