using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Publication"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.publication")]
internal struct PublicationSurrogate
{
    [Id(0)]
    public ReadOnlyMemory<byte> Payload;

    [Id(1)]
    public PayloadKind PayloadKind;

    [Id(2)]
    public DeliveryClass Class;

    [Id(3)]
    public string? Slot;

    [Id(4)]
    public string? Key;

    [Id(5)]
    public Sender? Sender;

    [Id(6)]
    public bool ExceptSender;
}
