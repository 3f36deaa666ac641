using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Feeds;

/// <summary>One unbroken life of a feed. Another epoch says: continuity was lost in between.</summary>
public readonly record struct Epoch(ulong Value)
{
    /// <summary>Length of the text form, in characters.</summary>
    public const int TextLength = 16;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new epoch; two lives of one feed have the same with a chance of 2⁻⁶⁴.</summary>
    public static Epoch Create(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.Fill(bytes);
        return new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>Reads the text form, 16 lower-case hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Epoch epoch)
    {
        bool ok = text.Length == TextLength && !text.ContainsAnyExcept(Digits);
        epoch = new Epoch(ok ? ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0);
        return ok;
    }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
