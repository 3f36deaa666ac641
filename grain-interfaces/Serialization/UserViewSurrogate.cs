using Switchboard.Core.Backplane;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="UserView"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.user-view")]
internal struct UserViewSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public int Count;

    [Id(2)]
    public ConnectionSummary[] Connections;

    [Id(3)]
    public bool More;

    [Id(4)]
    public Ban? Ban;
}
