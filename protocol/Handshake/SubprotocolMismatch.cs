namespace Switchboard.Protocol.Handshake;

/// <summary>What to do with a client that offers subprotocols of which none is supported.</summary>
public enum SubprotocolMismatch
{
    /// <summary>Refuse with 400, and name the supported ones.</summary>
    Refuse,

    /// <summary>Accept without a subprotocol. Browsers then fail the connection by themselves.</summary>
    AcceptWithout,
}
