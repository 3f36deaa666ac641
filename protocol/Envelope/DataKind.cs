namespace Switchboard.Protocol.Envelope;

/// <summary>What the data of a message is.</summary>
public enum DataKind : byte
{
    /// <summary>One JSON value in UTF-8.</summary>
    Json,

    /// <summary>Opaque bytes.</summary>
    Binary,
}
