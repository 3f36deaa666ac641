using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Connections;

/// <summary>The text with which a connection is resumed: its id, a dot, and a secret of 22 characters of base64url.</summary>
public static class ResumeToken
{
    /// <summary>A new token.</summary>
    public static string Create(ConnectionId connection, IRandomSource random) =>
        $"{connection.Value}.{RandomText.Create(random)}";

    /// <summary>Finds out which connection a token is for; whether it is that one's is for the connection to say.</summary>
    public static bool TryGetConnection(string token, out ConnectionId connection)
    {
        int dot = token.IndexOf('.', StringComparison.Ordinal);
        bool ok = dot == RandomText.Length && token.Length == dot + 1 + RandomText.Length;
        connection = ok ? new ConnectionId(token[..dot]) : default;
        return ok;
    }
}
