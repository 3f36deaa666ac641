using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="JoinOptions"/>.</summary>
[RegisterConverter]
internal sealed class JoinOptionsConverter : IConverter<JoinOptions, JoinOptionsSurrogate>
{
    public JoinOptions ConvertFromSurrogate(in JoinOptionsSurrogate surrogate) =>
        new(surrogate.Position, surrogate.Presence, surrogate.State);

    public JoinOptionsSurrogate ConvertToSurrogate(in JoinOptions value) =>
        new() { Position = value.Position, Presence = value.Presence, State = value.State };
}
