using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="FeedEntry"/>.</summary>
[RegisterConverter]
internal sealed class FeedEntryConverter : IConverter<FeedEntry, FeedEntrySurrogate>
{
    public FeedEntry ConvertFromSurrogate(in FeedEntrySurrogate surrogate) =>
        new()
        {
            Offset = surrogate.Offset,
            Timestamp = surrogate.Timestamp,
            Payload = surrogate.Payload,
            PayloadKind = surrogate.PayloadKind,
            Class = surrogate.Class,
            Slot = surrogate.Slot,
            Sender = surrogate.Sender,
            ExceptSender = surrogate.ExceptSender,
        };

    public FeedEntrySurrogate ConvertToSurrogate(in FeedEntry value) =>
        new()
        {
            Offset = value.Offset,
            Timestamp = value.Timestamp,
            Payload = value.Payload,
            PayloadKind = value.PayloadKind,
            Class = value.Class,
            Slot = value.Slot,
            Sender = value.Sender,
            ExceptSender = value.ExceptSender,
        };
}
