using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Ban"/>.</summary>
[RegisterConverter]
internal sealed class BanConverter : IConverter<Ban, BanSurrogate>
{
    public Ban ConvertFromSurrogate(in BanSurrogate surrogate) =>
        new(
            surrogate.User,
            surrogate.Until,
            surrogate.Reason);

    public BanSurrogate ConvertToSurrogate(in Ban value) =>
        new()
        {
            User = value.User,
            Until = value.Until,
            Reason = value.Reason,
        };
}
