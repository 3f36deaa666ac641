using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>Whose a connection is.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.owner")]
public sealed class OwnerAnswer
{
    /// <summary>Ok, NoSuchConnection or WrongToken.</summary>
    [Id(0)]
    public required BackplaneStatus Status { get; init; }

    /// <summary>The user; null unless Ok.</summary>
    [Id(1)]
    public UserName? User { get; init; }

    /// <summary>The same, as the rules say it.</summary>
    public static OwnerAnswer From(in OwnerResult result) =>
        new() { Status = result.Status, User = result.Status == BackplaneStatus.Ok ? result.User : null };
}
