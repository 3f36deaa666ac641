using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="UserName"/>.</summary>
[RegisterConverter]
internal sealed class UserNameConverter : IConverter<UserName, UserNameSurrogate>
{
    public UserName ConvertFromSurrogate(in UserNameSurrogate surrogate) =>
        surrogate.Value is null ? default : new UserName(surrogate.Value);

    public UserNameSurrogate ConvertToSurrogate(in UserName value) =>
        new() { Value = value.Value };
}
