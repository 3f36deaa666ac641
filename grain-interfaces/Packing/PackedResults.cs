using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>
/// What became of a batch, as one array of bytes. The messages of a batch mostly get offsets one after another, so most
/// take a single byte.
/// </summary>
internal static class PackedResults
{
    // Ok, with the offset that follows the one before in the same epoch.
    private const byte Next = 0;
    private const byte Full = 1;

    public static byte[] Pack(PublishResult[] results)
    {
        var writer = new PackWriter(results.Length + 32);
        writer.WriteNumber((uint)results.Length);
        Position last = default;
        foreach (ref readonly PublishResult result in results.AsSpan())
        {
            if (result is { Status: BackplaneStatus.Ok, Duplicate: false }
                && result.Position == last with { Offset = last.Offset + 1 })
            {
                writer.WriteByte(Next);
            }
            else
            {
                writer.WriteByte(Full);
                writer.WriteByte((byte)result.Status);
                writer.WriteByte(result.Duplicate ? (byte)1 : (byte)0);
                writer.WriteNumber(result.Position.Epoch.Value);
                writer.WriteSigned(result.Position.Offset);
            }

            last = result.Position;
        }

        return writer.Finish();
    }

    public static PublishResult[] Unpack(byte[] packed)
    {
        var reader = new PackReader(packed);
        var results = new PublishResult[reader.ReadCount()];
        Position last = default;
        for (int i = 0; i < results.Length; i++)
        {
            if (reader.ReadByte() == Next)
            {
                last = last with { Offset = last.Offset + 1 };
                results[i] = new PublishResult(BackplaneStatus.Ok, last, false);
                continue;
            }

            var status = (BackplaneStatus)reader.ReadByte();
            bool isDuplicate = reader.ReadByte() != 0;
            last = new Position(new Epoch(reader.ReadNumber()), reader.ReadSigned());
            results[i] = new PublishResult(status, last, isDuplicate);
        }

        return results;
    }
}
