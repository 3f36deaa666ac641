using System.Buffers;
using System.Globalization;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads the values that fields have.</summary>
internal static class JsonValues
{
    /// <summary>What a position must be.</summary>
    public const string PositionRule =
        "must be an object with epoch, 16 lower-case hexadecimal digits, and offset, an integer from 0 to 2^53-1";

    private const int EpochDigits = 16;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Reads a number written as a plain integer, from 0 to <see cref="EnvelopeLimits.MaxInteger"/>.</summary>
    public static bool TryReadInteger(scoped in JsonToken token, ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        // 2^53-1 has 16 digits, so nothing here overflows.
        if (token.Kind != JsonKind.Number || token.Length > 16)
        {
            return false;
        }

        foreach (byte digit in token.RawIn(text))
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return value <= EnvelopeLimits.MaxInteger;
    }

    /// <summary>Reads a string that obeys <see cref="NameRule"/>.</summary>
    /// <param name="token">The string.</param>
    /// <param name="text">The text that it stands in.</param>
    /// <param name="maxBytes">The longest that it may be; the scratch must be that long.</param>
    /// <param name="scratch">Where it is unescaped.</param>
    /// <param name="name">The name, in the text or in the scratch.</param>
    /// <param name="used">How much of the scratch it occupies.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? ReadName(
        scoped in JsonToken token,
        ReadOnlySpan<byte> text,
        int maxBytes,
        Span<byte> scratch,
        out ReadOnlySpan<byte> name,
        out int used)
    {
        name = token.ContentIn(text);
        used = 0;
        if (token.Escaped)
        {
            switch (JsonText.Unescape(name, scratch[..maxBytes], out used))
            {
                case OperationStatus.DestinationTooSmall:
                    return NameRule.TooLong(maxBytes);
                case OperationStatus.InvalidData:
                    return "must not hold half a surrogate pair";
                default:
                    name = scratch[..used];
                    break;
            }
        }

        return NameRule.Check(name, maxBytes);
    }

    /// <summary>Reads a string to be compared; empty where unescaping fails, as nothing is compared to that.</summary>
    public static ReadOnlySpan<byte> ReadWord(scoped in JsonToken token, ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        ReadOnlySpan<byte> content = token.ContentIn(text);
        if (!token.Escaped)
        {
            return content;
        }

        return JsonText.Unescape(content, scratch, out int written) == OperationStatus.Done
            ? scratch[..written]
            : default;
    }

    /// <summary>Reads a position.</summary>
    public static bool TryReadPosition(
        scoped in JsonToken token, ReadOnlySpan<byte> text, Span<byte> scratch, out FeedPosition position)
    {
        position = default;
        if (token.Kind != JsonKind.Object)
        {
            return false;
        }

        ulong? epoch = null;
        long? offset = null;
        ReadOnlySpan<byte> json = token.RawIn(text);
        var members = new JsonObjectReader(json, EnvelopeLimits.MessageDepth);
        while (members.TryNext(out JsonToken name, out JsonToken value))
        {
            ReadOnlySpan<byte> member = ReadWord(name, json, scratch);
            if (member.SequenceEqual("epoch"u8))
            {
                if (epoch is not null || !TryReadEpoch(value, json, scratch, out ulong read))
                {
                    return false;
                }

                epoch = read;
            }
            else if (member.SequenceEqual("offset"u8))
            {
                if (offset is not null || !TryReadInteger(value, json, out long read))
                {
                    return false;
                }

                offset = read;
            }
        }

        position = new FeedPosition(epoch ?? 0, offset ?? 0);
        return epoch is not null && offset is not null;
    }

    private static bool TryReadEpoch(
        scoped in JsonToken token, ReadOnlySpan<byte> text, Span<byte> scratch, out ulong epoch)
    {
        epoch = 0;
        if (token.Kind != JsonKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = ReadWord(token, text, scratch);
        return digits.Length == EpochDigits
            && !digits.ContainsAnyExcept(LowerHex)
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out epoch);
    }
}
