using System.Buffers;
using System.Text;

namespace Switchboard.Core.Identifiers;

/// <summary>The rule that names of rooms and users share: 1 to 128 bytes of UTF-8 without control characters.</summary>
public static class Name
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 128;

    /// <summary>Says what is wrong with <paramref name="value"/>, or null where it is a valid name.</summary>
    public static string? Validate(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "a name must not be empty";
        }

        int bytes = 0;
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) != OperationStatus.Done)
            {
                return "a name must be valid Unicode";
            }

            if (Rune.IsControl(rune))
            {
                return "a name must not hold control characters";
            }

            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes)
            {
                return $"a name must not be longer than {MaxBytes} bytes of UTF-8";
            }

            rest = rest[consumed..];
        }

        return null;
    }
}
