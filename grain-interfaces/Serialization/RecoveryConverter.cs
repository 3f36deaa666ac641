using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Recovery"/>.</summary>
[RegisterConverter]
internal sealed class RecoveryConverter : IConverter<Recovery, RecoverySurrogate>
{
    public Recovery ConvertFromSurrogate(in RecoverySurrogate surrogate) =>
        new(surrogate.Head, surrogate.Outcome, surrogate.Missed ?? []);

    public RecoverySurrogate ConvertToSurrogate(in Recovery value) =>
        new() { Head = value.Head, Outcome = value.Outcome, Missed = [.. value.Missed ?? []] };
}
