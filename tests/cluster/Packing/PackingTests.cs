using System.Runtime.InteropServices;
using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Packing;

namespace Switchboard.Cluster.Tests.Packing;

/// <summary>Packed batches come out as they went in, and are the same bytes in every version.</summary>
public class PackingTests
{
    private const int Runs = 2_000;

    private static readonly Sender Ann = new(new UserName("ann"), new ConnectionId("c1"));
    private static readonly Sender Bob = new(new UserName("böb"), new ConnectionId("c2"));

    [Fact]
    public void Publications_Random_ComeOutAsTheyWentIn()
    {
        var random = new Random(1);
        for (int run = 0; run < Runs; run++)
        {
            Publication[] publications = [.. Enumerable.Range(0, random.Next(20)).Select(_ => Publication(random))];

            Publication[] unpacked = PackedPublications.Unpack(PackedPublications.Pack(publications));

            Assert.Equal(publications.Select(Describe), unpacked.Select(Describe));
        }
    }

    [Fact]
    public void Entries_Random_ComeOutAsTheyWentIn()
    {
        var random = new Random(2);
        for (int run = 0; run < Runs; run++)
        {
            FeedEntry[] entries = [.. Enumerable.Range(0, random.Next(20)).Select(_ => Entry(random))];

            FeedEntry[] unpacked = PackedEntries.Unpack(PackedEntries.Pack(entries));

            Assert.Equal(entries.Select(Describe), unpacked.Select(Describe));
        }
    }

    [Fact]
    public void Results_Random_ComeOutAsTheyWentIn()
    {
        var random = new Random(3);
        for (int run = 0; run < Runs; run++)
        {
            PublishResult[] results = [.. Enumerable.Range(0, random.Next(20)).Select(number => Result(random, number))];

            Assert.Equal(results, PackedResults.Unpack(PackedResults.Pack(results)));
        }
    }

    // Nodes of two versions meet in a rolling upgrade: these bytes must never change, nor what they mean.
    [Fact]
    public void Publications_Known_AreTheBytesThatWereApproved() => Assert.Equal(
        "03" + "00" + "0103616E6E026331" + "03010203" + "35" + "01" + "04736C6F74" + "036B6579" + "00" + "0E" + "00" + "00",
        Convert.ToHexString(PackedPublications.Pack(
        [
            new(new byte[] { 1, 2, 3 }, PayloadKind.Json, DeliveryClass.Reliable, null, null, Ann, false),
            new(ReadOnlyMemory<byte>.Empty, PayloadKind.Binary, DeliveryClass.Latest, "slot", "key", Ann, false),
            new(ReadOnlyMemory<byte>.Empty, PayloadKind.Binary, DeliveryClass.Volatile, null, null, null, true),
        ])));

    [Fact]
    public void Entries_Known_AreTheBytesThatWereApproved() => Assert.Equal(
        "03" + "00" + "D804" + "D00F" + "010462C3B662026332" + "0107" + "11" + "04" + "02" + "01" + "0173" + "00"
            + "0E" + "00" + "0203616E6E026331" + "00",
        Convert.ToHexString(PackedEntries.Pack(
        [
            new() { Offset = 300, Timestamp = 1000, Payload = new byte[] { 7 }, PayloadKind = PayloadKind.Json, Class = DeliveryClass.Reliable, Sender = Bob },
            new() { Offset = 302, Timestamp = 1001, Payload = default, PayloadKind = PayloadKind.Json, Class = DeliveryClass.Latest, Slot = "s", Sender = Bob },
            new() { Offset = 0, Timestamp = 1001, Payload = default, PayloadKind = PayloadKind.Binary, Class = DeliveryClass.Volatile, ExceptSender = true, Sender = Ann },
        ])));

    [Fact]
    public void Results_Known_AreTheBytesThatWereApproved() => Assert.Equal(
        "03" + "0100000512" + "00" + "0102000000", Convert.ToHexString(PackedResults.Pack(
        [
            new(BackplaneStatus.Ok, new Position(new Epoch(5), 9), false),
            new(BackplaneStatus.Ok, new Position(new Epoch(5), 10), false),
            new(BackplaneStatus.NotJoined, default, false),
        ])));

    [Fact]
    public void Unpack_CutAnywhere_SaysThatItIsBroken()
    {
        var random = new Random(4);
        byte[] packed = PackedPublications.Pack([.. Enumerable.Range(0, 5).Select(_ => Publication(random))]);
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => PackedPublications.Unpack(packed[..length]));
        }
    }

    // A latest message may wait for an edge long after the others of its batch, which it is not to keep.
    [Theory]
    [InlineData(DeliveryClass.Reliable, 1)]
    [InlineData(DeliveryClass.Latest, 2)]
    [InlineData(DeliveryClass.Volatile, 2)]
    public void Unpack_Payloads_ShareAnArrayIfAllAreReliable(DeliveryClass second, int arrays)
    {
        byte[] packed = PackedPublications.Pack(
        [
            new(new byte[8], PayloadKind.Json, DeliveryClass.Reliable, null, null, Ann, false),
            new(new byte[8], PayloadKind.Json, second, second == DeliveryClass.Latest ? "slot" : null, null, Ann, false),
        ]);

        IEnumerable<byte[]?> backing = PackedPublications.Unpack(packed)
            .Select(static publication => MemoryMarshal.TryGetArray(publication.Payload, out ArraySegment<byte> array) ? array.Array : null);

        Assert.Equal(arrays, backing.Distinct().Count());
    }

    [Fact]
    public void Unpack_HugeCount_SizesNothing() =>
        Assert.Throws<InvalidDataException>(() => PackedEntries.Unpack([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0]));

    private static Publication Publication(Random random)
    {
        DeliveryClass deliveryClass = (DeliveryClass)random.Next(3);
        return new Publication(
            Bytes(random),
            (PayloadKind)random.Next(2),
            deliveryClass,
            deliveryClass == DeliveryClass.Latest ? Text(random) : null,
            random.Next(2) == 0 ? Text(random) : null,
            Sender(random),
            random.Next(2) == 0);
    }

    private static FeedEntry Entry(Random random)
    {
        DeliveryClass deliveryClass = (DeliveryClass)random.Next(3);
        return new FeedEntry
        {
            Offset = deliveryClass == DeliveryClass.Volatile ? 0 : random.NextInt64(long.MaxValue),
            Timestamp = random.NextInt64(long.MaxValue),
            Payload = Bytes(random),
            PayloadKind = (PayloadKind)random.Next(2),
            Class = deliveryClass,
            Slot = deliveryClass == DeliveryClass.Latest ? Text(random) : null,
            Sender = Sender(random),
            ExceptSender = random.Next(2) == 0,
        };
    }

    private static PublishResult Result(Random random, int number) => random.Next(3) == 0
        ? new PublishResult(
            (BackplaneStatus)random.Next(14), new Position(new Epoch((ulong)random.NextInt64()), random.NextInt64()), random.Next(2) == 0)
        : new PublishResult(BackplaneStatus.Ok, new Position(new Epoch(1), number), false);

    // Some are equal without being the same object, as those of two sessions are not.
    private static Sender? Sender(Random random) => random.Next(4) switch
    {
        0 => null,
        1 => Ann,
        2 => Bob,
        _ => new Sender(Ann.User, Ann.Connection),
    };

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(32, 0x2000))]);

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(3) == 0 ? 0 : random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Describe(Publication publication) => string.Join(
        '|',
        Convert.ToHexString(publication.Payload.Span),
        publication.PayloadKind,
        publication.Class,
        publication.Slot,
        publication.Key,
        publication.Sender,
        publication.ExceptSender);

    private static string Describe(FeedEntry entry) => string.Join(
        '|',
        entry.Offset,
        entry.Timestamp,
        Convert.ToHexString(entry.Payload.Span),
        entry.PayloadKind,
        entry.Class,
        entry.Slot,
        entry.Sender,
        entry.ExceptSender);
}
