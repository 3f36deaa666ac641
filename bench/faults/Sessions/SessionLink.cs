using Switchboard.Faults.Protocol;
using Switchboard.Load.Sockets;
using Switchboard.Load.WebSockets;

namespace Switchboard.Faults.Sessions;

/// <summary>One socket of a session, which tells the session what happens.</summary>
internal sealed class SessionLink(Session session, Loop loop, Uri url) : WebSocketLink(loop, url, Commands.Subprotocol)
{
    /// <summary>Why the socket ended; null while it has not.</summary>
    public string? Ending { get; private set; }

    /// <summary>When something was last received, in Stopwatch ticks; 0 before the first.</summary>
    public long HeardAt => ReceivedAt;

    public void Send(ReadOnlySpan<byte> message)
    {
        QueueMessage(message);
        Flush();
    }

    /// <summary>Sends a close frame with code 1000.</summary>
    public void SendClose()
    {
        QueueMessage([0x03, 0xE8], Opcode.Close);
        Flush();
    }

    protected override void OnOpened() => session.OnOpened(this);

    protected override void OnMessage(ReadOnlySpan<byte> message) => session.OnMessage(this, message);

    protected override void OnClosed(int code) => End(code == 0 ? "refused or reset" : $"{code}");

    protected override void OnRefused(string answer) => End($"HTTP {answer.Split(' ').ElementAtOrDefault(1)}");

    private void End(string ending)
    {
        Ending = ending;
        session.OnEnded(this);
    }
}
