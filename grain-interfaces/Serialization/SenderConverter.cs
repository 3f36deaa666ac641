using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Sender"/>.</summary>
[RegisterConverter]
internal sealed class SenderConverter : IConverter<Sender, SenderSurrogate>
{
    public Sender ConvertFromSurrogate(in SenderSurrogate surrogate) =>
        new(new UserName(surrogate.User), new ConnectionId(surrogate.Connection));

    public SenderSurrogate ConvertToSurrogate(in Sender value) =>
        new() { User = value.User.Value, Connection = value.Connection.Value };
}
