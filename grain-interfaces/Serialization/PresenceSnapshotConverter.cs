using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PresenceSnapshot"/>.</summary>
[RegisterConverter]
internal sealed class PresenceSnapshotConverter : IConverter<PresenceSnapshot, PresenceSnapshotSurrogate>
{
    public PresenceSnapshot ConvertFromSurrogate(in PresenceSnapshotSurrogate surrogate) =>
        new(surrogate.Mode, surrogate.Version, surrogate.Count, surrogate.Members);

    public PresenceSnapshotSurrogate ConvertToSurrogate(in PresenceSnapshot value) =>
        new()
        {
            Mode = value.Mode,
            Version = value.Version,
            Count = value.Count,
            Members = [.. value.Members],
        };
}
