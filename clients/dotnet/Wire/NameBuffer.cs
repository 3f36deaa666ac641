using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>The characters of a name that was read, without a string of its own.</summary>
internal sealed class NameBuffer
{
    private char[] _chars = new char[64];
    private int _length;

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Takes the string that comes next.</summary>
    public void Take(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a name is not a string");
        }

        // A character has at least a byte, escaped or not.
        if (reader.ValueSpan.Length > _chars.Length)
        {
            _chars = new char[reader.ValueSpan.Length];
        }

        _length = reader.CopyString(_chars);
    }
}
