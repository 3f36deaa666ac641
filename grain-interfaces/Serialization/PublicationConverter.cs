using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Publication"/>.</summary>
[RegisterConverter]
internal sealed class PublicationConverter : IConverter<Publication, PublicationSurrogate>
{
    public Publication ConvertFromSurrogate(in PublicationSurrogate surrogate) =>
        new(
            surrogate.Payload,
            surrogate.PayloadKind,
            surrogate.Class,
            surrogate.Slot,
            surrogate.Key,
            surrogate.Sender,
            surrogate.ExceptSender);

    public PublicationSurrogate ConvertToSurrogate(in Publication value) =>
        new()
        {
            Payload = value.Payload,
            PayloadKind = value.PayloadKind,
            Class = value.Class,
            Slot = value.Slot,
            Key = value.Key,
            Sender = value.Sender,
            ExceptSender = value.ExceptSender,
        };
}
