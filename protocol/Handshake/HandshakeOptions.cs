using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>What a server accepts at one endpoint.</summary>
public sealed class HandshakeOptions
{
    /// <summary>The pages that may connect; by default none, but clients without an origin may.</summary>
    public OriginPolicy Origins { get; init; } = new([]);

    /// <summary>The hosts that may be asked for; by default all.</summary>
    public HostPolicy Hosts { get; init; } = HostPolicy.Any;

    /// <summary>
    /// The supported subprotocols: distinct tokens, at most 32; by default none. The client's order decides.
    /// </summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>What to do when none of the offered subprotocols is supported.</summary>
    public SubprotocolMismatch OnSubprotocolMismatch { get; init; } = SubprotocolMismatch.Refuse;

    /// <summary>What to agree to of permessage-deflate.</summary>
    public DeflateOptions Deflate { get; init; } = new();

    /// <summary>
    /// The smallest window, 9 to 15 bits, that the codec can compress with: 15 where it cannot choose.
    /// </summary>
    public int MinServerWindowBits { get; init; } = DeflateOptions.MinWindowBits;

    /// <summary>Says what is wrong with these options, or null where they are valid.</summary>
    public string? Validate()
    {
        if (Subprotocols.Count > TokenList.MaxElements || !Subprotocols.All(name => HttpSyntax.IsToken(name)))
        {
            return $"{nameof(Subprotocols)} must be at most {TokenList.MaxElements} tokens";
        }

        if (Subprotocols.Distinct(StringComparer.Ordinal).Count() != Subprotocols.Count)
        {
            return $"{nameof(Subprotocols)} must be distinct";
        }

        return MinServerWindowBits is < DeflateOptions.MinWindowBits or > DeflateOptions.MaxWindowBits
            ? $"{nameof(MinServerWindowBits)} must lie between 9 and 15"
            : Deflate.Validate();
    }
}
