using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Deflate;

/// <summary>The server's side of the negotiation of permessage-deflate (RFC 7692 §5 and §7.1).</summary>
internal static class DeflateNegotiator
{
    /// <summary>
    /// Accepts the first acceptable offer, in the client's order (§5). Null where there is none, or compression is off.
    /// </summary>
    /// <param name="offers">The offers of all extensions.</param>
    /// <param name="options">What the server wants; valid.</param>
    /// <param name="minServerWindowBits">
    /// The smallest window the codec can compress with: 9, or 15 where it cannot choose. It overrules a smaller
    /// <see cref="DeflateOptions.MaxServerWindowBits"/>.
    /// </param>
    /// <param name="answer">The header value that accepts the offer; null where none is accepted.</param>
    public static DeflateParameters? Negotiate(
        IReadOnlyList<Extension> offers,
        DeflateOptions options,
        int minServerWindowBits,
        out string? answer)
    {
        answer = null;
        if (!options.Enabled)
        {
            return null;
        }

        foreach (Extension extension in offers)
        {
            if (extension.Name == DeflateExtension.Name
                && DeflateExtension.TryParse(extension, out DeflateExtension offer)
                && !(offer.ServerMaxWindowBits < minServerWindowBits))
            {
                return Accept(offer, options, minServerWindowBits, out answer);
            }
        }

        return null;
    }

    private static DeflateParameters Accept(
        DeflateExtension offer,
        DeflateOptions options,
        int minServerWindowBits,
        out string answer)
    {
        int wantedServerBits = Math.Max(options.MaxServerWindowBits, minServerWindowBits);
        int offeredClientBits = offer.ClientMaxWindowBits ?? DeflateOptions.MaxWindowBits;
        DeflateParameters agreed = new(
            offer.ServerNoContextTakeover || !options.AllowServerContextTakeover,
            offer.ClientNoContextTakeover || !options.AllowClientContextTakeover,
            Math.Min(offer.ServerMaxWindowBits ?? DeflateOptions.MaxWindowBits, wantedServerBits),
            offer.HasClientMaxWindowBits
                ? Math.Min(offeredClientBits, options.MaxClientWindowBits)
                : DeflateOptions.MaxWindowBits);

        // §7.1.2.1: an offered server_max_window_bits must be answered, and may be answered when not offered.
        bool limitsServer = offer.ServerMaxWindowBits is not null
            || agreed.ServerMaxWindowBits < DeflateOptions.MaxWindowBits;

        // §7.1.2.2: client_max_window_bits only where offered, then below 15. Repeating the client's own value is not
        // needed, but .NET's ClientWebSocket fails without it.
        bool limitsClient = agreed.ClientMaxWindowBits < DeflateOptions.MaxWindowBits;
        answer = new DeflateExtension
        {
            ServerNoContextTakeover = agreed.ServerNoContextTakeover,
            ClientNoContextTakeover = agreed.ClientNoContextTakeover,
            ServerMaxWindowBits = limitsServer ? agreed.ServerMaxWindowBits : null,
            HasClientMaxWindowBits = limitsClient,
            ClientMaxWindowBits = limitsClient ? agreed.ClientMaxWindowBits : null,
        }.ToString();
        return agreed;
    }
}
