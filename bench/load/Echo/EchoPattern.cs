using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Echo;

/// <summary>Message contents that differ by connection and by number, so that a mixed-up echo shows.</summary>
internal sealed class EchoPattern(int connection, int size, bool text)
{
    private readonly byte[] _payload = new byte[size];

    /// <summary>The message of that <paramref name="number"/>, masked with a key of its own.</summary>
    public byte[] Frame(long number)
    {
        Fill(number);
        return ClientFrame.Create(text ? Opcode.Text : Opcode.Binary, _payload, (uint)Mix(number));
    }

    /// <summary>Whether <paramref name="echo"/> is what was sent under that <paramref name="number"/>.</summary>
    public bool Matches(long number, ReadOnlySpan<byte> echo)
    {
        Fill(number);
        return echo.SequenceEqual(_payload);
    }

    private void Fill(long number)
    {
        var state = Mix(number);
        for (var i = 0; i < _payload.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            _payload[i] = text ? (byte)('A' + (state & 15)) : (byte)state;
        }
    }

    private ulong Mix(long number) => (((ulong)connection << 40) + (ulong)number + 1) * 0x9E3779B97F4A7C15;
}
