using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.Tests.Testing;

/// <summary>Something that happens to a feed: time goes on, a message is published, or whatever a test makes of it.</summary>
internal sealed record FeedOperation(int Kind, int A, int B)
{
    /// <summary>How many sets of bounds there are.</summary>
    public const int BoundsCount = 7;

    public static readonly Sender[] Senders =
        [new(Some.Ann, Some.AnnsPhone), new(Some.Ann, Some.AnnsLaptop), new(Some.Bob, Some.BobsPhone)];

    public static readonly Gen<FeedOperation> Any =
        from kind in Gen.Choose(0, 9)
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        select new FeedOperation(kind, a, b);

    private enum Bounds
    {
        Count,
        Bytes,
        Age,
        Slots,
        All,
        Nothing,
        Default,
    }

    public long Elapsed => Kind == 0 ? A % 40 : 0;

    public bool IsPublication => Kind is > 0 and < 7;

    public static FeedOptions OptionsFor(int set)
    {
        var bounds = (Bounds)set;
        var options = new FeedOptions { MaxKeys = 3, IdempotencyWindow = TimeSpan.FromMilliseconds(70) };
        if (bounds is Bounds.Count or Bounds.All)
        {
            options.MaxCount = 6;
        }

        if (bounds is Bounds.Bytes or Bounds.All)
        {
            options.MaxBytes = 20;
        }

        if (bounds is Bounds.Age or Bounds.All)
        {
            options.MaxAge = TimeSpan.FromMilliseconds(50);
        }

        if (bounds is Bounds.Slots or Bounds.All)
        {
            options.MaxSlots = 2;
        }

        if (bounds is Bounds.Nothing)
        {
            options.MaxCount = 0;
        }

        return options;
    }

    public static string Describe(IEnumerable<FeedEntry> entries) => string.Join('\n', entries.Select(entry =>
        $"{entry.Offset} {entry.Class} {entry.Slot} {entry.Timestamp} {entry.Payload.Length} {entry.Sender?.Connection}"));

    public Publication ToPublication()
    {
        DeliveryClass deliveryClass = (Kind % 4) switch
        {
            0 => DeliveryClass.Reliable,
            3 when A % 3 == 0 => DeliveryClass.Volatile,
            _ => DeliveryClass.Latest,
        };
        return new Publication(
            new byte[A % 9],
            PayloadKind.Binary,
            deliveryClass,
            deliveryClass == DeliveryClass.Latest ? $"slot-{B % 4}" : null,
            deliveryClass != DeliveryClass.Volatile && A % 2 == 0 ? $"key-{B % 5}" : null,
            Senders[B % 3],
            B % 7 == 0);
    }
}
