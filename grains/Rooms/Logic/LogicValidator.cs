using Orleans;
using Orleans.Runtime;
using Switchboard.Core.Rooms;

namespace Switchboard.Grains.Rooms.Logic;

/// <summary>
/// Keeps a silo from starting that has no grain of the type that the logic of a kind of rooms is to be: publishes to such a
/// room would wait in vain.
/// </summary>
internal sealed class LogicValidator(GrainOptions options, IClusterManifestProvider manifests) : IConfigurationValidator
{
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void ValidateConfiguration()
    {
        foreach (RoomKind kind in options.Rooms.Kinds)
        {
            Validate(kind.Options.Logic, $"rooms '{kind.Pattern}'");
        }

        Validate(options.Rooms.Default.Logic, "all other rooms");
    }

    private void Validate(string? type, string rooms)
    {
        if (type is not null && !manifests.LocalGrainManifest.Grains.ContainsKey(GrainType.Create(type)))
        {
            throw new InvalidOperationException(
                $"the logic of {rooms} is to be a grain of the type '{type}', which is not there: give a class that derives from "
                + $"{nameof(RoomLogic)} the attribute [GrainType(\"{type}\")], in an assembly that the program references");
        }
    }
}
