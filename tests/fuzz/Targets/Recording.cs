using System.Buffers.Binary;
using Switchboard.Protocol.Framing;

namespace Switchboard.Fuzz.Targets;

/// <summary>What a reader reported: of each message its kind, its length and a hash, of a violation its code.</summary>
internal sealed class Recording
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Whether the stream ended within a message or frame.</summary>
    public bool IsMidMessage { get; set; }

    /// <summary>The violation that a reader ended with; null with the model, which knows only its code.</summary>
    public ProtocolViolation? Violation { get; private set; }

    /// <summary>Whether nothing after the last entry counts.</summary>
    public bool IsEnded => Count > 0 && _entries[^1].Status is ReadStatus.Close or ReadStatus.Violation;

    public Entry this[int index] => _entries[index];

    public void Clear()
    {
        _entries.Clear();
        IsMidMessage = false;
        Violation = null;
    }

    public void Add(ReadStatus status, ReadOnlySpan<byte> payload) =>
        _entries.Add(new Entry(status, payload.Length, Hash(payload), 0));

    public void Add(ProtocolViolation violation)
    {
        Violation = violation;
        AddViolation(violation.Code);
    }

    public void AddViolation(int code) => _entries.Add(new Entry(ReadStatus.Violation, 0, 0, code));

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        unchecked
        {
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0xBF58476D1CE4E5B9;
                hash ^= hash >> 29;
            }

            foreach (byte b in bytes)
            {
                hash = (hash ^ b) * 0x94D049BB133111EB;
                hash ^= hash >> 31;
            }
        }

        return hash;
    }

    internal readonly record struct Entry(ReadStatus Status, int Length, ulong Hash, int Code);
}
