using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed partial class DeflateNegotiatorPropertyTests
{
    private static readonly Gen<string> Parameter = Gen.Elements(
        "server_no_context_takeover",
        "client_no_context_takeover",
        "server_max_window_bits=15",
        "server_max_window_bits=12",
        "server_max_window_bits=9",
        "server_max_window_bits=8",
        "server_max_window_bits",
        "client_max_window_bits",
        "client_max_window_bits=15",
        "client_max_window_bits=10",
        "client_max_window_bits=8",
        "client_max_window_bits=07",
        "unknown");

    private static readonly Gen<List<string>> Offers =
        Gen.Choose(0, 3).SelectMany(n => Parameter.ListOf(n))
            .Select(parameters => string.Join("; ", parameters.Prepend("permessage-deflate")))
            .ListOf().Select(offers => offers.Take(8).ToList());

    private static readonly Gen<DeflateOptions> Options =
        from serverTakeover in Gen.Elements(false, true)
        from clientTakeover in Gen.Elements(false, true)
        from serverBits in Gen.Choose(9, 15)
        from clientBits in Gen.Choose(9, 15)
        select new DeflateOptions
        {
            AllowServerContextTakeover = serverTakeover,
            AllowClientContextTakeover = clientTakeover,
            MaxServerWindowBits = serverBits,
            MaxClientWindowBits = clientBits,
        };

    [Fact]
    public void Negotiate_AnyOffers_AnswersTheFirstAcceptableAsTheRfcDemands()
    {
        var cases =
            from offers in Offers
            from options in Options
            from min in Gen.Elements(9, 15)
            select (offers, options, min);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            List<Extension> parsed = Parse(string.Join(", ", c.offers));
            DeflateParameters? agreed = DeflateNegotiator.Negotiate(parsed, c.options, c.min, out string? answer);
            string? chosen = c.offers.Find(offer => IsAcceptable(offer, c.min));
            return chosen is null
                ? agreed is null && answer is null
                : agreed is { } parameters && Fits(chosen, answer!, parameters, c.options, c.min);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Fact]
    public void Negotiate_OfferOfOurClient_IsAgreedOnByBoth()
    {
        var cases =
            from server in Options
            from client in Options
            from serverMin in Gen.Choose(9, 15)
            from clientMin in Gen.Choose(9, 15)
            select (server, client, serverMin, clientMin);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            DeflateExtension offer = DeflateClientNegotiator.Offer(c.client, c.clientMin);
            DeflateParameters? atServer = DeflateNegotiator.Negotiate(
                Parse(offer.ToString()), c.server, c.serverMin, out string? answer);
            bool possible = c.client.MaxServerWindowBits >= c.serverMin || c.client.MaxServerWindowBits == 15;
            if (atServer is null)
            {
                return !possible;
            }

            // A client whose codec cannot go as low as the server asks has to fail, and not to agree to something else.
            bool accepted = DeflateClientNegotiator.TryAccept(
                Parse(answer!)[0], offer, c.clientMin, out DeflateParameters atClient);
            return possible && (accepted ? atClient == atServer : atServer.Value.ClientMaxWindowBits < c.clientMin);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    private static bool Fits(string offer, string answer, DeflateParameters agreed, DeflateOptions options, int min)
    {
        string[] answered = answer.Split("; ")[1..];
        string[] offered = offer.Split("; ")[1..];
        int serverBits = Bits(answered, "server_max_window_bits") ?? 15;
        int? clientBits = Bits(answered, "client_max_window_bits");
        bool offersClientBits = offered.Any(p => p.StartsWith("client_max_window_bits", StringComparison.Ordinal));
        int offeredClientBits = Bits(offered, "client_max_window_bits") ?? 15;
        bool serverMayTakeOver = options.AllowServerContextTakeover && !offered.Contains("server_no_context_takeover");
        bool clientMayTakeOver = options.AllowClientContextTakeover && !offered.Contains("client_no_context_takeover");

        return IsAcceptable(answer, 9)
            && answered.Contains("server_no_context_takeover") == !serverMayTakeOver
            && answered.Contains("client_no_context_takeover") == !clientMayTakeOver
            && agreed.ServerNoContextTakeover == !serverMayTakeOver
            && agreed.ClientNoContextTakeover == !clientMayTakeOver

            // §7.1.2.1: answered where offered, the same or smaller, and what the codec can do.
            && agreed.ServerMaxWindowBits == serverBits
            && serverBits >= min
            && serverBits <= Math.Max(options.MaxServerWindowBits, min)
            && (Bits(offered, "server_max_window_bits") is not int limit
                || (serverBits <= limit && Bits(answered, "server_max_window_bits") is not null))

            // §7.1.2.2: only where offered, always with a value, the same or smaller.
            && (clientBits is null || (offersClientBits && clientBits <= offeredClientBits))
            && !answered.Contains("client_max_window_bits")
            && agreed.ClientMaxWindowBits == (clientBits ?? offeredClientBits)
            && (!offersClientBits || agreed.ClientMaxWindowBits <= options.MaxClientWindowBits);
    }

    private static bool IsAcceptable(string offer, int min)
    {
        string[] parameters = offer.Split("; ")[1..];
        return parameters.All(p => Valid().IsMatch(p))
            && parameters.Select(p => p.Split('=')[0]).Distinct().Count() == parameters.Length
            && (Bits(parameters, "server_max_window_bits") ?? 15) >= min;
    }

    private static int? Bits(string[] parameters, string name) =>
        Array.Find(parameters, p => p.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? int.Parse(found.Split('=')[1], null)
            : null;

    private static List<Extension> Parse(string value) =>
        ExtensionList.TryParse(value, out List<Extension> extensions) ? extensions : [];

    [GeneratedRegex(
        "^(server_no_context_takeover|client_no_context_takeover|client_max_window_bits(=([89]|1[0-5]))?" +
        "|server_max_window_bits=([89]|1[0-5]))$")]
    private static partial Regex Valid();
}
