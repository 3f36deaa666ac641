using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Packing;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Delivery"/>.</summary>
[RegisterConverter]
internal sealed class DeliveryConverter : IConverter<Delivery, DeliverySurrogate>
{
    public Delivery ConvertFromSurrogate(in DeliverySurrogate surrogate) =>
        new()
        {
            Feed = surrogate.Feed,
            Epoch = new Epoch(surrogate.Epoch),
            After = surrogate.After,
            Through = surrogate.Through,
            Lost = surrogate.Lost,
            Presence = surrogate.Presence ?? [],
            Entries = PackedEntries.Unpack(surrogate.Entries),
            Trace = surrogate.Trace,
        };

    public DeliverySurrogate ConvertToSurrogate(in Delivery value) =>
        new()
        {
            Feed = value.Feed,
            Epoch = value.Epoch.Value,
            After = value.After,
            Through = value.Through,
            Lost = value.Lost,
            Presence = value.Presence.Length == 0 ? null : value.Presence,
            Entries = PackedEntries.Pack(value.Entries),
            Trace = value.Trace,
        };
}
