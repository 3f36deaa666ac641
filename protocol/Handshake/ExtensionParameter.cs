namespace Switchboard.Protocol.Handshake;

/// <summary>A parameter of an extension; its value is unquoted, and null where there is none.</summary>
internal readonly record struct ExtensionParameter(string Name, string? Value);
