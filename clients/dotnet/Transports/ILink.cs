using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>One connection to the server, whatever it is made of.</summary>
internal interface ILink : IAsyncDisposable
{
    /// <summary>Whether the connect is a command, which is sent; else the link has asked it already.</summary>
    bool TakesConnect { get; }

    /// <summary>Whether silence says something: else the link finds out by itself that it is dead.</summary>
    bool NeedsHeartbeat { get; }

    /// <summary>How many commands go out together at most.</summary>
    int MaxCommands { get; }

    /// <summary>Gives the receiver every event until the link ends, in one way or another.</summary>
    Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver);

    /// <summary>Sends commands.</summary>
    /// <exception cref="LinkException">The link is broken.</exception>
    ValueTask SendAsync(OutgoingBatch batch);

    /// <summary>Says goodbye, after which the connection is no more.</summary>
    ValueTask CloseAsync(CancellationToken cancellationToken);

    /// <summary>Breaks off without a word. Any thread.</summary>
    void Abort();
}
