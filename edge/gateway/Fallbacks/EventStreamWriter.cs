using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>Writes events as server-sent events (WHATWG HTML, "Server-sent events").</summary>
internal sealed class EventStreamWriter(PipeWriter output) : IEventWriter
{
    // Browsers and proxies that wait for so much before they show anything are given it at once.
    private const int PaddingBytes = 2048;

    private static readonly byte[] Opening = Encoding.ASCII.GetBytes($"retry: 1000\n:{new string(' ', PaddingBytes)}\n\n");

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>What comes before all events.</summary>
    public void WriteOpening() => output.Write(Opening);

    /// <summary>What shows that the stream is alive.</summary>
    public void WriteComment() => output.Write(":\n\n"u8);

    public void Write(ReadOnlySpan<byte> json)
    {
        output.Write("data: "u8);

        // Payloads are passed on as they were sent, with white space between their tokens.
        while (json.IndexOfAny(LineEnds) is >= 0 and int end)
        {
            output.Write(json[..end]);
            output.Write("\ndata: "u8);
            json = json[(end + 1)..];
        }

        output.Write(json);
        output.Write("\n\n"u8);
    }
}
