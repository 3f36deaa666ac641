namespace Switchboard.Protocol.Handshake;

/// <summary>Where one header field lies within the bytes of its head.</summary>
internal readonly record struct HeaderField(int NameStart, int NameLength, int ValueStart, int ValueLength);
