using System.Runtime.CompilerServices;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>The last token of each field of a command, by its number.</summary>
[InlineArray(Count)]
internal struct ProtoFieldTable
{
    /// <summary>One more than the highest number that a field of a command has.</summary>
    public const int Count = 8;

    private ProtoToken _first;
}
