using Switchboard.Core.Connections;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="TokenHash"/>.</summary>
[RegisterConverter]
internal sealed class TokenHashConverter : IConverter<TokenHash, TokenHashSurrogate>
{
    public TokenHash ConvertFromSurrogate(in TokenHashSurrogate surrogate) =>
        TokenHash.FromBytes(surrogate.Hash);

    public TokenHashSurrogate ConvertToSurrogate(in TokenHash value) =>
        new() { Hash = value.ToArray() };
}
