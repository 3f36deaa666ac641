using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="JoinResult"/>.</summary>
[RegisterConverter]
internal sealed class JoinResultConverter : IConverter<JoinResult, JoinResultSurrogate>
{
    public JoinResult ConvertFromSurrogate(in JoinResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Feed, surrogate.WantsPresence, surrogate.Presence);

    public JoinResultSurrogate ConvertToSurrogate(in JoinResult value) =>
        new()
        {
            Status = value.Status,
            Feed = value.Feed,
            WantsPresence = value.WantsPresence,
            Presence = value.Presence,
        };
}
