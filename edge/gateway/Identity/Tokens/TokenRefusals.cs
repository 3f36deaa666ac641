namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>The fixed sentences that clients are told. Nothing in them comes from a token.</summary>
public static class TokenRefusals
{
    /// <summary>What is wrong, in a sentence.</summary>
    public static string Text(this TokenRefusal refusal) => refusal switch
    {
        TokenRefusal.Missing => "A token is needed.",
        TokenRefusal.Ambiguous => "There is a token in the header and another in the query.",
        TokenRefusal.TooLong => "The token is too long.",
        TokenRefusal.NotThreeParts => "The token has not three parts.",
        TokenRefusal.BadEncoding => "A part of the token is not base64url.",
        TokenRefusal.HeaderMalformed => "The token's header is malformed.",
        TokenRefusal.ClaimsMalformed => "The token's claims are malformed.",
        TokenRefusal.DuplicateMember => "A member stands twice in the token.",
        TokenRefusal.CriticalHeader => "The token's header has critical members that are not known.",
        TokenRefusal.EmbeddedKey => "The token brings a key of its own.",
        TokenRefusal.TypeWrong => "The token is of another type.",
        TokenRefusal.AlgorithmMissing => "The token names no algorithm.",
        TokenRefusal.AlgorithmNone => "The token is not signed.",
        TokenRefusal.AlgorithmUnsupported => "The token's algorithm is not supported.",
        TokenRefusal.AlgorithmWrong => "The token's algorithm is not that of its key.",
        TokenRefusal.KeyIdMalformed => "The token's key id is malformed.",
        TokenRefusal.KeyIdMissing => "The token does not say which key it is signed with.",
        TokenRefusal.KeyUnknown => "The token is signed with a key that is not known.",
        TokenRefusal.KeysUnavailable => "The keys can't be reached; try again.",
        TokenRefusal.SignatureLength => "The token's signature has the wrong length.",
        TokenRefusal.SignatureWrong => "The token's signature is wrong.",
        TokenRefusal.ExpiryMissing => "The token has no expiry.",
        TokenRefusal.Expired => "The token has expired.",
        TokenRefusal.NotYetValid => "The token is not valid yet.",
        TokenRefusal.IssuedInFuture => "The token was issued in the future.",
        TokenRefusal.TimeMalformed => "A time in the token is not a number.",
        TokenRefusal.IssuerWrong => "The token's issuer is not accepted.",
        TokenRefusal.AudienceWrong => "The token is for another audience.",
        TokenRefusal.UserMissing => "The token names no user.",
        TokenRefusal.UserMalformed => "The token's user is not a valid name.",
        TokenRefusal.UserForeign => "The token is of another user.",
        TokenRefusal.CapabilitiesMalformed => "The token's capabilities are malformed.",
        TokenRefusal.NotForConnections => "The token is for rooms, not for connections.",
        TokenRefusal.NotForRooms => "The token is not for rooms.",
        TokenRefusal.RoomForeign => "The token is for another room.",
        _ => "The token is accepted.",
    };
}
