using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>One way in which the client protocol travels.</summary>
public abstract class ClientTransport
{
    /// <summary>What the tests show.</summary>
    public abstract string Name { get; }

    /// <summary>Whether events come as they happen; else those that nobody keeps (volatile) may be missed.</summary>
    public virtual bool IsStreaming => true;

    /// <summary>Opens a link and connects.</summary>
    /// <param name="route">Where its requests go.</param>
    /// <param name="user">Who it is.</param>
    /// <param name="connect">The command connect, without id; with <c>resume</c>, <c>positions</c> and <c>turn</c> to resume.</param>
    /// <param name="turns">Numbers the resumes that the link makes by itself.</param>
    public abstract Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns);

    /// <summary>An address of an edge, for a user.</summary>
    protected static Uri Address(Uri edge, string scheme, string path, string user) =>
        new UriBuilder(edge) { Scheme = scheme, Path = path, Query = $"user={Uri.EscapeDataString(user)}" }.Uri;
}
