using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>The first byte of a packed message: what kind it is, and which parts follow.</summary>
internal readonly struct MessageHead(byte value)
{
    private const int ClassMask = 0x03;
    private const int KindBit = 0x04;
    private const int ExceptSenderBit = 0x08;
    private const int SlotBit = 0x10;
    private const int KeyBit = 0x20;

    public MessageHead(DeliveryClass deliveryClass, PayloadKind kind, bool exceptSender, bool hasSlot, bool hasKey)
        : this((byte)((int)deliveryClass
            | (kind == PayloadKind.Binary ? KindBit : 0)
            | (exceptSender ? ExceptSenderBit : 0)
            | (hasSlot ? SlotBit : 0)
            | (hasKey ? KeyBit : 0)))
    {
    }

    public byte Value => value;

    public DeliveryClass Class => (DeliveryClass)(value & ClassMask);

    public PayloadKind Kind => (value & KindBit) != 0 ? PayloadKind.Binary : PayloadKind.Json;

    public bool ExceptSender => (value & ExceptSenderBit) != 0;

    public bool HasSlot => (value & SlotBit) != 0;

    public bool HasKey => (value & KeyBit) != 0;
}
