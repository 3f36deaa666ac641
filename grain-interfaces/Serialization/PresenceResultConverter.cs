using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PresenceResult"/>.</summary>
[RegisterConverter]
internal sealed class PresenceResultConverter : IConverter<PresenceResult, PresenceResultSurrogate>
{
    public PresenceResult ConvertFromSurrogate(in PresenceResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Presence);

    public PresenceResultSurrogate ConvertToSurrogate(in PresenceResult value) =>
        new() { Status = value.Status, Presence = value.Presence };
}
