using System.Runtime.CompilerServices;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>One token for each <see cref="Field"/>.</summary>
[InlineArray((int)Field.Count)]
internal struct FieldTable
{
    private JsonToken _first;
}
