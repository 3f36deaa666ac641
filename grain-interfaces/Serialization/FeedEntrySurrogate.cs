using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="FeedEntry"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.entry")]
internal struct FeedEntrySurrogate
{
    [Id(0)]
    public long Offset;

    [Id(1)]
    public long Timestamp;

    [Id(2)]
    public ReadOnlyMemory<byte> Payload;

    [Id(3)]
    public PayloadKind PayloadKind;

    [Id(4)]
    public DeliveryClass Class;

    [Id(5)]
    public string? Slot;

    [Id(6)]
    public Sender? Sender;

    [Id(7)]
    public bool ExceptSender;
}
