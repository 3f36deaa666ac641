using System.Buffers;
using System.Text;
using Base64Encoder = System.Buffers.Text.Base64;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>
/// Appends JSON to a buffer. Strings are escaped as little as RFC 8259 §7 asks for; half a surrogate pair becomes
/// U+FFFD. Nothing counts as written before <see cref="Flush"/>.
/// </summary>
/// <param name="output">The buffer.</param>
/// <param name="sizeHint">How many bytes will be needed; while that holds, they stand in one span.</param>
internal ref struct JsonOutput(IBufferWriter<byte> output, int sizeHint)
{
    private const int LongestNumber = 20;
    private const int EpochDigits = 16;
    private const int Step = 256;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (char)value), '"', '\\']);

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _span = output.GetSpan(sizeHint);
    private int _used;

    /// <summary>What is not flushed yet, from its beginning.</summary>
    public readonly Span<byte> Pending => _span[.._used];

    /// <summary>Appends bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _span.Length - _used)
        {
            RawInParts(utf8);
            return;
        }

        utf8.CopyTo(_span[_used..]);
        _used += utf8.Length;
    }

    /// <summary>Appends an integer.</summary>
    public void Number(long value)
    {
        Ensure(LongestNumber);
        value.TryFormat(_span[_used..], out int written);
        _used += written;
    }

    /// <summary>Appends a literal and an integer.</summary>
    public void Number(scoped ReadOnlySpan<byte> before, long value)
    {
        Raw(before);
        Number(value);
    }

    /// <summary>Appends the id of the command that is answered, unless it had none.</summary>
    public void Id(long id)
    {
        if (id != 0)
        {
            Number(",\"id\":"u8, id);
        }
    }

    /// <summary>Appends a string with its quotes.</summary>
    public void String(scoped ReadOnlySpan<char> value)
    {
        Ensure(2 + Encoding.UTF8.GetMaxByteCount(value.Length));
        _span[_used++] = (byte)'"';
        int escaped = value.IndexOfAny(Escaped);
        if (escaped < 0)
        {
            _used += Encoding.UTF8.GetBytes(value, _span[_used..]);
        }
        else
        {
            StringInParts(value, escaped);
        }

        Raw("\""u8);
    }

    /// <summary>Appends a literal and a string with its quotes.</summary>
    public void String(scoped ReadOnlySpan<byte> before, scoped ReadOnlySpan<char> value)
    {
        Raw(before);
        String(value);
    }

    /// <summary>Appends the members epoch and offset.</summary>
    public void Position(in FeedPosition position)
    {
        Raw("\"epoch\":\""u8);
        Ensure(EpochDigits);
        position.Epoch.TryFormat(_span[_used..], out int written, "x16");
        _used += written;
        Number("\",\"offset\":"u8, position.Offset);
    }

    /// <summary>Appends the member that names a feed.</summary>
    public void Feed(in FeedRef feed)
    {
        if (feed.Scope == FeedScope.Room)
        {
            String("\"room\":"u8, feed.Room);
        }
        else
        {
            Raw(feed.Scope == FeedScope.User ? "\"feed\":\"user\""u8 : "\"feed\":\"connection\""u8);
        }
    }

    /// <summary>Appends the members of a feed's start.</summary>
    public void Start(in FeedStart start)
    {
        Position(start.Head);
        Raw(start.Recovery switch
        {
            FeedRecovery.Recovered => ",\"recovered\":true"u8,
            FeedRecovery.EpochChanged => ",\"recovered\":false,\"reason\":\"epoch_changed\""u8,
            FeedRecovery.Trimmed => ",\"recovered\":false,\"reason\":\"trimmed\""u8,
            FeedRecovery.Ahead => ",\"recovered\":false,\"reason\":\"ahead\""u8,
            _ => default,
        });
    }

    /// <summary>Appends bytes as base64 (RFC 4648 §4).</summary>
    public void Base64(scoped ReadOnlySpan<byte> bytes)
    {
        Ensure(Base64Encoder.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64Encoder.EncodeToUtf8(bytes, _span[_used..], out _, out int written);
        _used += written;
    }

    /// <summary>Hands what was appended over to the buffer.</summary>
    public void Flush()
    {
        _output.Advance(_used);
        _used = 0;
        _span = default;
    }

    private void Ensure(int needed)
    {
        if (needed > _span.Length - _used)
        {
            _output.Advance(_used);
            _used = 0;
            _span = _output.GetSpan(Math.Max(needed, Step));
        }
    }

    private void RawInParts(scoped ReadOnlySpan<byte> utf8)
    {
        _output.Advance(_used);
        _used = 0;
        _output.Write(utf8);
        _span = _output.GetSpan(Step);
    }

    // Characters that are escaped are never half of a pair, so no pair is torn.
    private void StringInParts(scoped ReadOnlySpan<char> value, int escaped)
    {
        while (escaped >= 0)
        {
            Ensure(Encoding.UTF8.GetMaxByteCount(escaped) + 6);
            _used += Encoding.UTF8.GetBytes(value[..escaped], _span[_used..]);
            Escape(value[escaped]);
            value = value[(escaped + 1)..];
            escaped = value.IndexOfAny(Escaped);
        }

        Ensure(Encoding.UTF8.GetMaxByteCount(value.Length));
        _used += Encoding.UTF8.GetBytes(value, _span[_used..]);
    }

    private void Escape(char value)
    {
        if (value is '"' or '\\')
        {
            _span[_used++] = (byte)'\\';
            _span[_used++] = (byte)value;
            return;
        }

        "\\u00"u8.CopyTo(_span[_used..]);
        ((int)value).TryFormat(_span[(_used + 4)..], out _, "x2");
        _used += 6;
    }
}
