namespace Switchboard.Protocol.Envelope.Events;

/// <summary>One member as presence shows it.</summary>
/// <param name="User">Whose connection it is.</param>
/// <param name="Connection">The connection's id.</param>
/// <param name="State">Its state, a JSON object in UTF-8 that goes out as it is; empty for none.</param>
public readonly record struct MemberInfo(string User, string Connection, ReadOnlyMemory<byte> State);
