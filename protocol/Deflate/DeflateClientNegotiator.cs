using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Deflate;

/// <summary>The client's side of the negotiation of permessage-deflate (RFC 7692 §5 and §7.1).</summary>
internal static class DeflateClientNegotiator
{
    /// <summary>The offer that a client makes; <see cref="DeflateOptions.Enabled"/> must be set.</summary>
    /// <param name="options">What the client wants; valid.</param>
    /// <param name="minClientWindowBits">
    /// The smallest window the codec can compress with: 9, or 15 where it cannot choose.
    /// </param>
    public static DeflateExtension Offer(DeflateOptions options, int minClientWindowBits)
    {
        int serverBits = options.MaxServerWindowBits;
        int clientBits = Math.Max(options.MaxClientWindowBits, minClientWindowBits);
        return new DeflateExtension
        {
            ServerNoContextTakeover = !options.AllowServerContextTakeover,
            ClientNoContextTakeover = !options.AllowClientContextTakeover,
            ServerMaxWindowBits = serverBits < DeflateOptions.MaxWindowBits ? serverBits : null,

            // §7.1.2.2: offering it permits the server to name any smaller window.
            HasClientMaxWindowBits = minClientWindowBits < DeflateOptions.MaxWindowBits,
            ClientMaxWindowBits = clientBits < DeflateOptions.MaxWindowBits ? clientBits : null,
        };
    }

    /// <summary>
    /// Reads the server's answer to an offer. False where it does not fit: the connection must then fail (§7.1).
    /// </summary>
    public static bool TryAccept(
        Extension extension,
        DeflateExtension offer,
        int minClientWindowBits,
        out DeflateParameters agreed)
    {
        agreed = default;
        if (extension.Name != DeflateExtension.Name
            || !DeflateExtension.TryParse(extension, out DeflateExtension answer)

            // §7.1.1.1: accepting the offer means repeating it.
            || (offer.ServerNoContextTakeover && !answer.ServerNoContextTakeover)

            // §7.1.2.1: the same or a smaller value.
            || (offer.ServerMaxWindowBits is int offered && !(answer.ServerMaxWindowBits <= offered))

            // §7.1.2.2: only where offered, with a value, the same or a smaller one; and one that the codec can do.
            || (answer.HasClientMaxWindowBits && !AcceptsClientBits(answer, offer, minClientWindowBits)))
        {
            return false;
        }

        agreed = new DeflateParameters(
            answer.ServerNoContextTakeover,
            answer.ClientNoContextTakeover || offer.ClientNoContextTakeover,
            answer.ServerMaxWindowBits ?? DeflateOptions.MaxWindowBits,
            answer.ClientMaxWindowBits ?? offer.ClientMaxWindowBits ?? DeflateOptions.MaxWindowBits);
        return true;
    }

    private static bool AcceptsClientBits(DeflateExtension answer, DeflateExtension offer, int minClientWindowBits) =>
        offer.HasClientMaxWindowBits
        && answer.ClientMaxWindowBits >= minClientWindowBits
        && answer.ClientMaxWindowBits <= (offer.ClientMaxWindowBits ?? DeflateOptions.MaxWindowBits);
}
