using System.Text;
using Switchboard.Load.Rooms;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Publish;

/// <summary>A publish to one room as a masked frame, built once. Only its id and its stamp change, and neither changes
/// its length.</summary>
internal sealed class PublishFrame
{
    /// <summary>The first id. All that follow have as many digits.</summary>
    public const long FirstId = 1_000_000_000;

    private const int IdDigits = 10;
    private const int HexDigits = 16;
    private const uint Key = 0x9A3F51C7;

    private readonly byte[] _frame;
    private readonly byte[] _mask;
    private readonly int _idAt;
    private readonly int _stampAt;

    /// <summary><paramref name="size"/> is the length of the published string, in bytes.</summary>
    public PublishFrame(string room, int size)
    {
        var data = new byte[size];
        Stamp.Write(data, 0, 0);
        var before = """{"type":"publish","id":""";
        var between = $",\"room\":\"{room}\",\"data\":\"";
        var payload = Encoding.UTF8.GetBytes(
            $"{before}{FirstId}{between}{Encoding.ASCII.GetString(data)}\",\"echo\":false}}");
        _frame = ClientFrame.Create(Opcode.Text, payload, Key);
        var start = _frame.Length - payload.Length;
        _idAt = start + before.Length;
        _stampAt = _idAt + IdDigits + Encoding.UTF8.GetByteCount(between) + Stamp.MarkLength;

        // The mask, turned so that it is found by the place in the frame.
        _mask = [.. Enumerable.Range(0, 4).Select(i => _frame[start - 4 + ((i - start) & 3)])];
    }

    /// <summary>The frame of publish <paramref name="sequence"/> of its publisher, with a stamp. The span holds until
    /// the next call.</summary>
    public ReadOnlySpan<byte> Set(long sequence, long sentAt, long number)
    {
        var id = FirstId + sequence;
        for (var i = _idAt + IdDigits - 1; i >= _idAt; i--)
        {
            (id, var digit) = Math.DivRem(id, 10);
            _frame[i] = (byte)(('0' + digit) ^ _mask[i & 3]);
        }

        PutHex(_stampAt, sentAt);
        PutHex(_stampAt + HexDigits, number);
        return _frame;
    }

    private void PutHex(int at, long value)
    {
        for (var i = at + HexDigits - 1; i >= at; i--)
        {
            _frame[i] = (byte)("0123456789abcdef"u8[(int)(value & 15)] ^ _mask[i & 3]);
            value >>= 4;
        }
    }
}
