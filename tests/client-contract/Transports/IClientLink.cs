using System.Text.Json;

namespace Switchboard.ClientContract.Transports;

/// <summary>
/// A client's way to the server while it lasts. Commands and events are JSON documents, however they travel.
/// </summary>
public interface IClientLink : IAsyncDisposable
{
    /// <summary>Sends a command; not answered here.</summary>
    Task SendAsync(string command);

    /// <summary>The next event; null once the link has ended. The first is the answer to connect.</summary>
    ValueTask<JsonElement?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>The close code that the server ended it with; null where it did not.</summary>
    int? CloseCode { get; }

    /// <summary>
    /// Lets another link take over: begins nothing more. What is under way goes on, and may come in behind the other's
    /// connect.
    /// </summary>
    void Retire();

    /// <summary>Breaks off without a word.</summary>
    void Drop();

    /// <summary>Says goodbye: the connection ends. Completes when the server has taken note.</summary>
    Task CloseAsync();
}
