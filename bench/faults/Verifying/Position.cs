namespace Switchboard.Faults.Verifying;

/// <summary>A place in a room's feed. The epoch's 16 digits are kept as a number, as an opaque one.</summary>
internal readonly record struct Position(ulong Epoch, long Offset)
{
    public override string ToString() => $"{Epoch:x16}:{Offset}";
}
