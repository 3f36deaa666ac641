using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>Heads to start from, and ways to feed them.</summary>
internal static class Heads
{
    public const string SampleKey = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>A handshake with the given header lines in place of, or beside, those of a plain one.</summary>
    public static string Upgrade(params string[] lines) =>
        Request("GET /chat HTTP/1.1", Merge(
            [
                "Host: server.example.com",
                "Upgrade: websocket",
                "Connection: Upgrade",
                $"Sec-WebSocket-Key: {SampleKey}",
                "Sec-WebSocket-Version: 13",
            ],
            lines));

    public static string Request(string requestLine, params string[] lines) =>
        requestLine + "\r\n" + string.Concat(lines.Select(line => line + "\r\n")) + "\r\n";

    public static RequestHeadResult Parse(string text, HeadLimits? limits = null) =>
        Parse(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)), limits);

    public static RequestHeadResult Parse(ReadOnlySequence<byte> buffer, HeadLimits? limits = null)
    {
        RequestHeadParser parser = default;
        return parser.Parse(buffer, limits ?? new HeadLimits());
    }

    public static RequestHead Good(string text)
    {
        RequestHeadResult result = Parse(text);
        Assert.True(result.IsDone, result.Refusal?.Text);
        return result.Head;
    }

    /// <summary>A sequence with one segment for each piece.</summary>
    public static ReadOnlySequence<byte> Segments(params IEnumerable<byte[]> pieces)
    {
        Segment? first = null;
        Segment? last = null;
        foreach (byte[] piece in pieces)
        {
            last = new Segment(piece, last);
            first ??= last;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    /// <summary>What differs between two outcomes, if anything does, shows in this text.</summary>
    public static string Describe(RequestHeadResult result)
    {
        RequestHead? head = result.Head;
        if (head is null)
        {
            return $"{result.Status} {result.Refusal?.StatusCode} {result.Refusal?.Text}";
        }

        string[] names = ["host", "upgrade", "connection", "x"];
        return $"{head.Method}|{head.Target}|{head.RawPath}|{head.Path}|{head.RawQuery}|{head.Host}|{head.Length}|"
            + string.Join('|', names.Select(name => $"{head.CountHeaders(name)}={head.Header(name)}"));
    }

    // A line that is only a name, such as "-Upgrade", removes; "Name: value" replaces; "+Name: value" adds.
    private static string[] Merge(string[] lines, string[] changes)
    {
        List<string> merged = [.. lines];
        foreach (string change in changes)
        {
            string name = change.TrimStart('-', '+').Split(':')[0];
            int at = merged.FindIndex(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            if (change.StartsWith('+') || (at < 0 && !change.StartsWith('-')))
            {
                merged.Add(change.TrimStart('+'));
                continue;
            }

            merged.RemoveAt(at);
            if (!change.StartsWith('-'))
            {
                merged.Insert(at, change);
            }
        }

        return [.. merged];
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            if (previous is not null)
            {
                previous.Next = this;
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
            }
        }
    }
}
