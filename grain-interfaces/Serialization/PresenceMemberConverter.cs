using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PresenceMember"/>.</summary>
[RegisterConverter]
internal sealed class PresenceMemberConverter : IConverter<PresenceMember, PresenceMemberSurrogate>
{
    public PresenceMember ConvertFromSurrogate(in PresenceMemberSurrogate surrogate) =>
        new(surrogate.User, surrogate.Connection, surrogate.State);

    public PresenceMemberSurrogate ConvertToSurrogate(in PresenceMember value) =>
        new() { User = value.User, Connection = value.Connection, State = value.State };
}
