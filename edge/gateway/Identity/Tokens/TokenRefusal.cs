namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Why a token is not accepted; <see cref="TokenRefusals"/> has the sentences.</summary>
public enum TokenRefusal : byte
{
    /// <summary>It is accepted.</summary>
    None,

    /// <summary>There is no token.</summary>
    Missing,

    /// <summary>There are several, in the header and in the query.</summary>
    Ambiguous,

    /// <summary>It is longer than it may be.</summary>
    TooLong,

    /// <summary>It has not three parts between two dots.</summary>
    NotThreeParts,

    /// <summary>A part is not base64url without padding, in its one canonical form.</summary>
    BadEncoding,

    /// <summary>The header is not a JSON object of a kind that a token has.</summary>
    HeaderMalformed,

    /// <summary>The claims are not a JSON object.</summary>
    ClaimsMalformed,

    /// <summary>A member stands twice in the header or in the claims.</summary>
    DuplicateMember,

    /// <summary>The header has "crit": it asks for what is not known here.</summary>
    CriticalHeader,

    /// <summary>The header brings a key or the address of one.</summary>
    EmbeddedKey,

    /// <summary>The header's "typ" is of something else.</summary>
    TypeWrong,

    /// <summary>The header has no "alg".</summary>
    AlgorithmMissing,

    /// <summary>The algorithm is "none".</summary>
    AlgorithmNone,

    /// <summary>The algorithm is not known here.</summary>
    AlgorithmUnsupported,

    /// <summary>The key is of another algorithm.</summary>
    AlgorithmWrong,

    /// <summary>The header's "kid" is not a text of reasonable length.</summary>
    KeyIdMalformed,

    /// <summary>There is no "kid", and several keys could be meant.</summary>
    KeyIdMissing,

    /// <summary>No such key is known.</summary>
    KeyUnknown,

    /// <summary>No key is known yet, because the key set can't be reached.</summary>
    KeysUnavailable,

    /// <summary>The signature has not the length that the key gives.</summary>
    SignatureLength,

    /// <summary>The signature is not the key's over these parts.</summary>
    SignatureWrong,

    /// <summary>"exp" is missing.</summary>
    ExpiryMissing,

    /// <summary>"exp" is past.</summary>
    Expired,

    /// <summary>"nbf" is to come.</summary>
    NotYetValid,

    /// <summary>"iat" is to come.</summary>
    IssuedInFuture,

    /// <summary>"exp", "nbf" or "iat" is not a number.</summary>
    TimeMalformed,

    /// <summary>"iss" is missing or not one that is accepted.</summary>
    IssuerWrong,

    /// <summary>"aud" is missing or does not name this server.</summary>
    AudienceWrong,

    /// <summary>The claim that names the user is missing.</summary>
    UserMissing,

    /// <summary>The user's name is not valid.</summary>
    UserMalformed,

    /// <summary>The token is of another user than the connection.</summary>
    UserForeign,

    /// <summary>The capabilities are not as they must be.</summary>
    CapabilitiesMalformed,

    /// <summary>A token for a room where one for a connection is needed.</summary>
    NotForConnections,

    /// <summary>A token for a connection where one for a room is needed.</summary>
    NotForRooms,

    /// <summary>A token for other rooms.</summary>
    RoomForeign,
}
