using System.Buffers;
using System.IO.Pipelines;

namespace Switchboard.Gateway.WebSockets;

/// <summary>
/// Writes to a pipe block by block. What fits lies in one block, so that the socket is given one buffer rather than a
/// list of them; and the pipe, which locks each time, is told of a block once rather than of each frame.
/// </summary>
internal struct BlockWriter(PipeWriter writer)
{
    // What Kestrel's pipes are made of.
    private const int BlockBytes = 4096;

    private Memory<byte> _block;
    private int _filled;

    /// <summary>How many bytes were written since the last commit.</summary>
    public int Unflushed { get; private set; }

    /// <summary>Room for so many bytes, at most a block; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_block.Length - _filled < bytes)
        {
            EndBlock();
            _block = writer.GetMemory(bytes);
        }

        return _block.Span[_filled..];
    }

    public void Advance(int bytes)
    {
        _filled += bytes;
        Unflushed += bytes;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= BlockBytes)
        {
            bytes.CopyTo(Reserve(bytes.Length));
            Advance(bytes.Length);
            return;
        }

        EndBlock();
        writer.Write(bytes);
        Unflushed += bytes.Length;
    }

    /// <summary>Hands everything to the pipe; a flush follows.</summary>
    public void Commit()
    {
        EndBlock();
        Unflushed = 0;
    }

    private void EndBlock()
    {
        if (_filled != 0)
        {
            writer.Advance(_filled);
            _filled = 0;
        }

        _block = default;
    }
}
