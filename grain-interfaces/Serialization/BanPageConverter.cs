using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="BanPage"/>.</summary>
[RegisterConverter]
internal sealed class BanPageConverter : IConverter<BanPage, BanPageSurrogate>
{
    public BanPage ConvertFromSurrogate(in BanPageSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Bans,
            surrogate.More);

    public BanPageSurrogate ConvertToSurrogate(in BanPage value) =>
        new()
        {
            Status = value.Status,
            Bans = [.. value.Bans],
            More = value.More,
        };
}
