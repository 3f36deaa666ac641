namespace Switchboard.Protocol.Handshake;

/// <summary>An origin of an allow-list; its host may be a wildcard, its port is the effective one.</summary>
internal readonly record struct OriginPattern(string Scheme, HostPattern Host, int? Port);
