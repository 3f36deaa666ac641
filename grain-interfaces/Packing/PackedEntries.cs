using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>Entries of a feed as one array of bytes: offsets and times as what they differ from the one before.</summary>
internal static class PackedEntries
{
    private const int TypicalHead = 64;

    public static byte[] Pack(FeedEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return [];
        }

        int size = TypicalHead;
        foreach (FeedEntry entry in entries)
        {
            size += entry.Payload.Length + 12;
        }

        var writer = new PackWriter(size);
        writer.WriteNumber((uint)entries.Length);
        long offset = 0;
        long time = 0;
        foreach (FeedEntry entry in entries)
        {
            var head = new MessageHead(
                entry.Class, entry.PayloadKind, entry.ExceptSender, entry.Slot is not null, hasKey: false);
            writer.WriteByte(head.Value);
            if (entry.Class != DeliveryClass.Volatile)
            {
                writer.WriteSigned(entry.Offset - offset);
                offset = entry.Offset;
            }

            writer.WriteSigned(entry.Timestamp - time);
            time = entry.Timestamp;
            writer.WriteSender(entry.Sender);
            if (entry.Slot is not null)
            {
                writer.WriteText(entry.Slot);
            }

            writer.WriteBytes(entry.Payload.Span);
        }

        return writer.Finish();
    }

    /// <summary>The payloads are pieces of the packed bytes: an edge encodes them and lets go.</summary>
    public static FeedEntry[] Unpack(byte[] packed)
    {
        if (packed.Length == 0)
        {
            return [];
        }

        var reader = new PackReader(packed);
        var entries = new FeedEntry[reader.ReadCount()];
        long offset = 0;
        long time = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            var head = new MessageHead(reader.ReadByte());
            bool isSequenced = head.Class != DeliveryClass.Volatile;
            offset += isSequenced ? reader.ReadSigned() : 0;
            time += reader.ReadSigned();
            entries[i] = new FeedEntry
            {
                Offset = isSequenced ? offset : 0,
                Timestamp = time,
                PayloadKind = head.Kind,
                Class = head.Class,
                ExceptSender = head.ExceptSender,
                Sender = reader.ReadSender(),
                Slot = head.HasSlot ? reader.ReadText() : null,
                Payload = reader.ReadBytes(),
            };
        }

        return entries;
    }
}
