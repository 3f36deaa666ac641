namespace Switchboard.Protocol.Envelope;

/// <summary>The kind of WebSocket message that carries an envelope.</summary>
public enum FrameKind : byte
{
    /// <summary>Text: one JSON object in UTF-8.</summary>
    Text,

    /// <summary>Binary: a header and a payload of opaque bytes, or an encoding that is binary altogether.</summary>
    Binary,
}
