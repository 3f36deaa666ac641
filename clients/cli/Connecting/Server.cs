using Switchboard.Client;

namespace Switchboard.Cli.Connecting;

/// <summary>Where the server is, and who comes.</summary>
/// <param name="Url">As given.</param>
/// <param name="Token">The token; null for none.</param>
/// <param name="User">The name, for a server in development; null for none.</param>
/// <param name="Transports">The ways to it, the best first.</param>
internal sealed record Server(Uri Url, string? Token, string? User, IReadOnlyList<TransportKind> Transports)
{
    /// <summary>Options of a client that comes as this user.</summary>
    public SwitchboardClientOptions ClientOptions() => new()
    {
        Url = Url,
        Token = Token,
        User = User,
        Transports = Transports,
    };
}
