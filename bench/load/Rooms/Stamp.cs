using System.Buffers.Text;
using System.Globalization;

namespace Switchboard.Load.Rooms;

/// <summary>What each published message carries, as ASCII that needs no escaping: a mark, when it was sent and its
/// number. It is found again in whatever envelope the server puts around it.</summary>
internal static class Stamp
{
    private const int Digits = 16;

    /// <summary>Bytes of the mark.</summary>
    public const int MarkLength = 2;

    /// <summary>Bytes of the mark, the time and the number.</summary>
    public const int Length = MarkLength + Digits + Digits;

    private static ReadOnlySpan<byte> Mark => "~@"u8;

    /// <summary>Writes the stamp and fills the rest.</summary>
    public static void Write(Span<byte> data, long sentAt, long number)
    {
        data.Fill((byte)'x');
        Mark.CopyTo(data);
        sentAt.TryFormat(data[MarkLength..], out _, "x16", CultureInfo.InvariantCulture);
        number.TryFormat(data[(MarkLength + Digits)..], out _, "x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Finds the stamp in <paramref name="record"/>; false when it carries none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out long sentAt, out long number)
    {
        sentAt = number = 0;
        var at = record.IndexOf(Mark);
        return at >= 0
            && record.Length - at >= Length
            && Utf8Parser.TryParse(record.Slice(at + MarkLength, Digits), out sentAt, out _, 'x')
            && Utf8Parser.TryParse(record.Slice(at + MarkLength + Digits, Digits), out number, out _, 'x');
    }
}
