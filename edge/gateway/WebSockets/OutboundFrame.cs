using Switchboard.Core.Feeds;

namespace Switchboard.Gateway.WebSockets;

/// <summary>One frame in a shared buffer, with what the queue must know of it.</summary>
/// <param name="Start">Where its bytes begin in the buffer.</param>
/// <param name="Length">How many there are, header included.</param>
/// <param name="Class">What may happen to it while it waits.</param>
/// <param name="Slot">With <see cref="DeliveryClass.Latest"/>: which waiting frame it replaces.</param>
internal readonly record struct OutboundFrame(int Start, int Length, DeliveryClass Class, SlotKey? Slot);
