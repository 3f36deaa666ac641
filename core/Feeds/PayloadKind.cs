namespace Switchboard.Core.Feeds;

/// <summary>What the bytes of a payload are.</summary>
public enum PayloadKind : byte
{
    /// <summary>One JSON value in UTF-8, checked by whoever decoded it.</summary>
    Json,

    /// <summary>Opaque bytes.</summary>
    Binary,
}
