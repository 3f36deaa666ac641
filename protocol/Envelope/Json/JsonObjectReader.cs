namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Goes through the members of a text that is one JSON object.</summary>
/// <param name="text">The text.</param>
/// <param name="maxDepth">How deep it may nest, its own object included.</param>
internal ref struct JsonObjectReader(ReadOnlySpan<byte> text, int maxDepth)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly int _maxDepth = maxDepth;
    private JsonScanner _scanner = new(text);
    private bool _begun;

    /// <summary>Why <see cref="TryNext"/> ended; None when it came to the end of a valid text.</summary>
    public JsonFault Fault { get; private set; }

    /// <summary>Where it ended.</summary>
    public readonly int At => _scanner.At;

    /// <summary>Reads the next member. False at the end and at a fault.</summary>
    /// <param name="name">Its name, a string.</param>
    /// <param name="value">Its value.</param>
    public bool TryNext(out JsonToken name, out JsonToken value)
    {
        value = default;
        if (!TryFindName(out name))
        {
            return false;
        }

        if (!_scanner.TryReadName(out name) || !_scanner.TryRead(_maxDepth - 1, out value))
        {
            Fault = _scanner.Fault;
            return false;
        }

        return true;
    }

    // Up to the quote of the next member's name, or over the end of the object.
    private bool TryFindName(out JsonToken name)
    {
        name = default;
        byte next = _scanner.SkipWhiteSpace();
        if (!_begun)
        {
            if (next != (byte)'{')
            {
                return Fail();
            }

            _begun = true;
            _scanner.Step();
            if (_scanner.SkipWhiteSpace() != (byte)'}')
            {
                return true;
            }
        }
        else if (next == (byte)',')
        {
            _scanner.Step();
            _scanner.SkipWhiteSpace();
            return true;
        }
        else if (next != (byte)'}')
        {
            return Fail();
        }

        _scanner.Step();
        _scanner.SkipWhiteSpace();
        return _scanner.At == _text.Length ? false : Fail();
    }

    private bool Fail()
    {
        Fault = JsonFault.Syntax;
        return false;
    }
}
