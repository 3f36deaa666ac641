namespace Switchboard.Protocol.Framing;

/// <summary>Why a connection is closed (RFC 6455 §7.4.1 and the registry that it set up).</summary>
public static class CloseCode
{
    /// <summary>The purpose was fulfilled.</summary>
    public const ushort Normal = 1000;

    /// <summary>The endpoint goes away: a server stops, a page is left.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>The peer broke the protocol.</summary>
    public const ushort ProtocolError = 1002;

    /// <summary>The peer sent a type of data that is not accepted.</summary>
    public const ushort UnsupportedData = 1003;

    /// <summary>No code was received. Never on the wire.</summary>
    public const ushort NoStatus = 1005;

    /// <summary>The connection ended without a close frame. Never on the wire.</summary>
    public const ushort Abnormal = 1006;

    /// <summary>The data is not what its type says, such as text that is not UTF-8.</summary>
    public const ushort InvalidPayload = 1007;

    /// <summary>A rule of the endpoint was broken.</summary>
    public const ushort PolicyViolation = 1008;

    /// <summary>The message is larger than the endpoint takes.</summary>
    public const ushort MessageTooBig = 1009;

    /// <summary>The endpoint failed.</summary>
    public const ushort InternalError = 1011;

    /// <summary>The service restarts; connect again.</summary>
    public const ushort ServiceRestart = 1012;

    /// <summary>The service is overloaded; connect again later.</summary>
    public const ushort TryAgainLater = 1013;

    /// <summary>
    /// Whether an endpoint may send the code: RFC 6455 §7.4.1 and §7.4.2, with 1012 to 1014 of the registry. 1004,
    /// 1005, 1006 and 1015 are reserved, 1016 to 2999 unassigned, and below 1000 or from 5000 undefined.
    /// </summary>
    public static bool MayBeSent(int code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
