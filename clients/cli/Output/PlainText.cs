using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Output;

/// <summary>What others wrote, such that it stays on its line and can't give orders to a terminal.</summary>
internal static class PlainText
{
    /// <summary>The text with control and formatting characters written as <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        StringBuilder plain = new(text.Length + 16);
        foreach (char each in text)
        {
            if (IsUnsafe(each))
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)each:x4}");
            }
            else
            {
                plain.Append(each);
            }
        }

        return plain.ToString();
    }

    // Bidirectional overrides among the formats would let a text show something else than it says; joiners are harmless.
    private static bool IsUnsafe(char each) =>
        char.IsControl(each) || each is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
