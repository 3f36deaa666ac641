using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PresenceChange"/>.</summary>
[RegisterConverter]
internal sealed class PresenceChangeConverter : IConverter<PresenceChange, PresenceChangeSurrogate>
{
    public PresenceChange ConvertFromSurrogate(in PresenceChangeSurrogate surrogate) =>
        new(surrogate.Mode, surrogate.After, surrogate.Version, surrogate.Count, surrogate.Joined, surrogate.Left, surrogate.Updated);

    public PresenceChangeSurrogate ConvertToSurrogate(in PresenceChange value) =>
        new()
        {
            Mode = value.Mode,
            After = value.After,
            Version = value.Version,
            Count = value.Count,
            Joined = [.. value.Joined],
            Left = [.. value.Left],
            Updated = [.. value.Updated],
        };
}
