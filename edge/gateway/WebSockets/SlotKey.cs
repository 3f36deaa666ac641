using Switchboard.Core.Feeds;

namespace Switchboard.Gateway.WebSockets;

/// <summary>Names a slot of a feed across everything that waits for one socket.</summary>
internal sealed record SlotKey(FeedId Feed, string Slot);
