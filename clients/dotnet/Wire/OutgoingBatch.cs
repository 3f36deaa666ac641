namespace Switchboard.Client.Wire;

/// <summary>Commands that go out together, in their order.</summary>
internal sealed class OutgoingBatch
{
    private readonly PooledBuffer _bytes = new(64 * 1024);
    private readonly List<OutgoingCommand> _commands = [];

    public int Count => _commands.Count;

    public int Bytes => _bytes.Length;

    /// <summary>A command, and whether it is a binary message: a header's length, the header, the payload.</summary>
    public (ReadOnlyMemory<byte> Bytes, bool IsBinary) this[int index] =>
        (_bytes.Memory.Slice(_commands[index].Start, _commands[index].Length), _commands[index].IsBinary);

    public void Add(ReadOnlySpan<byte> command, bool isBinary)
    {
        _commands.Add(new OutgoingCommand(_bytes.Length, command.Length, isBinary));
        _bytes.Write(command);
    }

    public void Clear()
    {
        _commands.Clear();
        _bytes.Clear();
    }

    private readonly record struct OutgoingCommand(int Start, int Length, bool IsBinary);
}
