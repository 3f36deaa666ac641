using System.Net;

namespace Switchboard.Client.Transports;

/// <summary>Says why a WebSocket was refused: the body that has it is not told to who opens one.</summary>
internal static class RefusedSocket
{
    /// <summary>What the status means for a client with these options; empty where it says enough.</summary>
    public static string Explain(HttpStatusCode status, Uri address, SwitchboardClientOptions options) => status switch
    {
        HttpStatusCode.Unauthorized when options.Token is not null || options.TokenProvider is not null =>
            "it does not accept the token; or it has no tokens set up, and wants a User",
        HttpStatusCode.Unauthorized when string.IsNullOrEmpty(options.User) => "neither a token nor a User was given",
        HttpStatusCode.Unauthorized => "it wants a token, or the User is not a name that it takes",
        HttpStatusCode.NotFound => $"no WebSocket is served at {address.AbsolutePath}",
        _ => string.Empty,
    };
}
