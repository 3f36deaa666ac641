using System.Buffers;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>
/// Gives exactly the room that is asked for, in a new array full of rubbish each time, so that whoever relies on bytes
/// it did not commit, or on more room, is found out. Counts the room.
/// </summary>
internal sealed class ExactWriter : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private byte[] _room = [];

    public int LargestRoom { get; private set; }

    public int LastRoom { get; private set; }

    public long Length => _written.WrittenCount;

    public void Advance(int count)
    {
        _written.Write(_room.AsSpan(0, count));
        _room = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _room = new byte[Math.Max(sizeHint, 1)];
        _room.AsSpan().Fill(0xA5);
        LastRoom = _room.Length;
        LargestRoom = Math.Max(LargestRoom, _room.Length);
        return _room;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public byte[] ToArray() => _written.WrittenSpan.ToArray();
}
