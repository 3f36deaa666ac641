using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Connections;

/// <summary>Something that the cluster has to be told in the end.</summary>
/// <param name="Kind">What.</param>
/// <param name="Connection">Of which connection.</param>
/// <param name="Attachment">Of which attachment; 0 where that is not known.</param>
internal readonly record struct Ending(EndingKind Kind, ConnectionId Connection, long Attachment);
