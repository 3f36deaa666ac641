using Switchboard.Core.Backplane;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="BanPage"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.ban-page")]
internal struct BanPageSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public Ban[] Bans;

    [Id(2)]
    public bool More;
}
