using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>Drives a reader over a stream that is cut anywhere, and holds it to its contract at every call.</summary>
internal sealed class Reading
{
    public MessageLimits Limits { get; init; } = new();

    public bool PeerIsClient { get; init; } = true;

    public IInflaterSource? Inflaters { get; init; }

    /// <summary>Reads the stream in one piece.</summary>
    public List<Happening> Whole(params byte[][] stream) => Pieces([stream.SelectMany(part => part).ToArray()]);

    /// <summary>Reads the stream cut before each of these positions, which ascend.</summary>
    public List<Happening> Cut(byte[] stream, params IEnumerable<int> cuts)
    {
        List<byte[]> pieces = [];
        int start = 0;
        foreach (int cut in cuts.Append(stream.Length))
        {
            pieces.Add(stream[start..cut]);
            start = cut;
        }

        return Pieces(pieces);
    }

    /// <summary>Expects the same of the whole, of each cut in two, and of single bytes.</summary>
    public void ExpectAtEverySplit(byte[] stream, params IEnumerable<Happening> expected)
    {
        List<Happening> wanted = [.. expected];
        Assert.Equal(wanted, Whole(stream));
        for (int cut = 1; cut < stream.Length; cut++)
        {
            Assert.Equal(wanted, Cut(stream, cut));
        }

        Assert.Equal(wanted, Cut(stream, Enumerable.Range(1, Math.Max(stream.Length - 1, 0))));
    }

    private List<Happening> Pieces(IEnumerable<byte[]> pieces)
    {
        var reader = new MessageReader(Limits, PeerIsClient, Inflaters);
        List<Happening> seen = [];
        bool ended = false;
        foreach (byte[] piece in pieces)
        {
            // Unmasking happens in place, so each run gets bytes of its own.
            Span<byte> input = piece.ToArray();
            int position = 0;
            while (true)
            {
                int before = position;
                ReadStatus status = reader.Read(input, ref position, out Span<byte> payload);
                Assert.InRange(position, before, input.Length);
                if (ended)
                {
                    Assert.Equal(reader.Violation is null ? ReadStatus.NeedMore : ReadStatus.Violation, status);
                    Assert.Equal(input.Length, position);
                    Assert.True(payload.IsEmpty);
                    break;
                }

                if (status == ReadStatus.NeedMore)
                {
                    Assert.Equal(input.Length, position);
                    Assert.True(payload.IsEmpty);
                    break;
                }

                Assert.Equal(status == ReadStatus.Violation, reader.Violation is not null);
                seen.Add(new Happening(status, Convert.ToHexString(payload), reader.Violation));
                ended = status is ReadStatus.Violation or ReadStatus.Close;
            }
        }

        reader.Release();
        return seen;
    }
}
