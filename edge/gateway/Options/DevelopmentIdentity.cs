namespace Switchboard.Gateway;

/// <summary>When a client may name itself without any proof.</summary>
public enum DevelopmentIdentity
{
    /// <summary>On endpoints that listen on a loopback address.</summary>
    Loopback,

    /// <summary>On every endpoint. Anybody can be anyone.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}
