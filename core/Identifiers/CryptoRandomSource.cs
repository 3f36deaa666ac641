using System.Security.Cryptography;

namespace Switchboard.Core.Identifiers;

/// <summary>The operating system's randomness, fit for secrets.</summary>
public sealed class CryptoRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
