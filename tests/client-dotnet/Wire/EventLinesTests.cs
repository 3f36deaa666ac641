using System.Text;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Tests.Wire;

public sealed class EventLinesTests
{
    private const string Stream = "retry: 1000\n:\n\ndata: {\"a\":1}\n\n: comment\r\n\r\ndata:{\"b\":\ndata: 2}\n\nevent: x\ndata: 3\r\n\r\n";

    [Fact]
    public void Stream_CutAnywhere_GivesTheSameEvents()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Stream);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            EventLines lines = new();
            List<string> events = [];
            foreach (byte[] part in new[] { bytes[..cut], bytes[cut..] })
            {
                part.CopyTo(lines.Free());
                lines.Advance(part.Length);
                while (lines.TryTake(out ReadOnlyMemory<byte> data))
                {
                    events.Add(Encoding.UTF8.GetString(data.Span));
                }
            }

            Assert.Equal(["{\"a\":1}", "{\"b\":\n2}", "3"], events);
        }
    }
}
