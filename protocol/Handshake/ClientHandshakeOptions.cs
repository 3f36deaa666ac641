using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>What a client asks for in its opening handshake.</summary>
public sealed class ClientHandshakeOptions
{
    /// <summary>The value of <c>Host</c>: <c>host[:port]</c>, without a port that is the scheme's default.</summary>
    public required string Host { get; init; }

    /// <summary>The path and the query, percent-encoded; by default "/".</summary>
    public string Target { get; init; } = "/";

    /// <summary>The subprotocols, most wanted first: distinct tokens, at most 32.</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>What to offer of permessage-deflate.</summary>
    public DeflateOptions Deflate { get; init; } = new();

    /// <summary>
    /// The smallest window, 9 to 15 bits, that the codec can compress with: 15 where it cannot choose.
    /// </summary>
    public int MinClientWindowBits { get; init; } = DeflateOptions.MinWindowBits;

    /// <summary>The value of <c>Origin</c>; null for none.</summary>
    public string? Origin { get; init; }

    /// <summary>Further headers, such as <c>Authorization</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How large the answer's head may be.</summary>
    public HeadLimits Limits { get; init; } = new();

    /// <summary>Says what is wrong with these options, or null where they are valid.</summary>
    public string? Validate()
    {
        if (!Authority.TryParse(Host, out _))
        {
            return $"{nameof(Host)} must be host[:port]";
        }

        if (!Target.StartsWith('/') || Target.Contains('#', StringComparison.Ordinal) || !IsVisible(Target))
        {
            return $"{nameof(Target)} must be a percent-encoded path, with or without a query";
        }

        if (Subprotocols.Count > TokenList.MaxElements
            || !Subprotocols.All(name => HttpSyntax.IsToken(name))
            || Subprotocols.Distinct(StringComparer.Ordinal).Count() != Subprotocols.Count)
        {
            return $"{nameof(Subprotocols)} must be at most {TokenList.MaxElements} distinct tokens";
        }

        if (!Headers.All(header => HttpSyntax.IsToken(header.Key) && IsValue(header.Value)) || !IsValue(Origin ?? ""))
        {
            return $"{nameof(Headers)} and {nameof(Origin)} must be valid header fields of ASCII";
        }

        return MinClientWindowBits is < DeflateOptions.MinWindowBits or > DeflateOptions.MaxWindowBits
            ? $"{nameof(MinClientWindowBits)} must lie between 9 and 15"
            : Deflate.Validate() ?? Limits.Validate();
    }

    private static bool IsVisible(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~');

    private static bool IsValue(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');
}
