using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>Messages to publish as one array of bytes; several times cheaper than an object each.</summary>
internal static class PackedPublications
{
    private const int TypicalHead = 64;

    public static byte[] Pack(Publication[] publications)
    {
        int size = TypicalHead;
        foreach (ref readonly Publication publication in publications.AsSpan())
        {
            size += publication.Payload.Length + 8;
        }

        var writer = new PackWriter(size);
        writer.WriteNumber((uint)publications.Length);
        foreach (ref readonly Publication publication in publications.AsSpan())
        {
            var head = new MessageHead(
                publication.Class,
                publication.PayloadKind,
                publication.ExceptSender,
                publication.Slot is not null,
                publication.Key is not null);
            writer.WriteByte(head.Value);
            writer.WriteSender(publication.Sender);
            if (publication.Slot is not null)
            {
                writer.WriteText(publication.Slot);
            }

            if (publication.Key is not null)
            {
                writer.WriteText(publication.Key);
            }

            writer.WriteBytes(publication.Payload.Span);
        }

        return writer.Finish();
    }

    /// <summary>
    /// Where all are reliable, the payloads are pieces of the packed bytes: a history drops them one after another. Of latest
    /// ones it may keep a single one for long, so in a batch with such each payload is an array of its own.
    /// </summary>
    public static Publication[] Unpack(byte[] packed)
    {
        var reader = new PackReader(packed);
        var publications = new Publication[reader.ReadCount()];
        bool areReliable = true;
        for (int i = 0; i < publications.Length; i++)
        {
            var head = new MessageHead(reader.ReadByte());
            areReliable &= head.Class == DeliveryClass.Reliable;
            Sender? sender = reader.ReadSender();
            string? slot = head.HasSlot ? reader.ReadText() : null;
            string? key = head.HasKey ? reader.ReadText() : null;
            publications[i] = new Publication(
                reader.ReadBytes(), head.Kind, head.Class, slot, key, sender, head.ExceptSender);
        }

        if (!areReliable)
        {
            foreach (ref Publication publication in publications.AsSpan())
            {
                publication = publication with { Payload = publication.Payload.ToArray() };
            }
        }

        return publications;
    }
}
