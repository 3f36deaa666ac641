using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Ban"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.ban")]
internal struct BanSurrogate
{
    [Id(0)]
    public UserName User;

    [Id(1)]
    public long Until;

    [Id(2)]
    public string Reason;
}
