namespace Switchboard.Gateway.WebSockets;

/// <summary>Who is told what happens to frames on their way out. Called under no lock but the last three under its own.</summary>
internal interface IOutboundOwner
{
    /// <summary>The socket took a flush that had to wait.</summary>
    void OnProgress();

    /// <summary>The queue was full, and is half empty again.</summary>
    void OnDrained();

    /// <summary>So many messages and bytes are given to the socket. Must only count.</summary>
    void OnSent(int messages, int bytes);

    /// <summary>A volatile frame was dropped. Must only count.</summary>
    void OnDropped();

    /// <summary>A waiting frame was superseded by a newer one of its slot. Must only count.</summary>
    void OnSuperseded();
}
