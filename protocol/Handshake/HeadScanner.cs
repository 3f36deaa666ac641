using System.Buffers;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Finds the end of a head, and enforces its limits before the end is there. Each byte is looked at once, however the
/// input is cut, and a verdict falls at the same byte for every cut.
/// </summary>
internal struct HeadScanner
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const byte Sp = (byte)' ';

    private HeadScanPhase _phase;
    private bool _afterCr;
    private int _lines;
    private int _lineStart;
    private int _targetStart;

    /// <summary>A scanner of responses, whose first line has no target. The default value scans requests.</summary>
    public static HeadScanner ForResponse() => new() { _phase = HeadScanPhase.Line };

    /// <summary>The bytes looked at; once done, the length of the head.</summary>
    public int Length { get; private set; }

    /// <summary>The header lines seen.</summary>
    public readonly int Headers => Math.Max(0, _lines - 1);

    /// <summary>The verdict; it stays once it is not <see cref="HeadScanStatus.NeedMore"/>.</summary>
    public HeadScanStatus Status { get; private set; }

    /// <summary>
    /// Looks at what a buffer, which begins with the head's first byte, holds beyond <see cref="Length"/>.
    /// </summary>
    public HeadScanStatus Scan(in ReadOnlySequence<byte> buffer, HeadLimits limits) =>
        buffer.IsSingleSegment
            ? Scan(buffer.FirstSpan[Length..], limits)
            : ScanSegments(buffer.Slice(Length), limits);

    private HeadScanStatus ScanSegments(in ReadOnlySequence<byte> next, HeadLimits limits)
    {
        foreach (ReadOnlyMemory<byte> segment in next)
        {
            if (Scan(segment.Span, limits) != HeadScanStatus.NeedMore)
            {
                break;
            }
        }

        return Status;
    }

    private HeadScanStatus Scan(ReadOnlySpan<byte> next, HeadLimits limits)
    {
        ReadOnlySpan<byte> rest = next[..Math.Min(next.Length, Math.Max(0, limits.MaxBytes - Length))];
        while (Status == HeadScanStatus.NeedMore && !rest.IsEmpty)
        {
            int taken = _afterCr ? TakeLineFeed(rest[0], limits) : TakeRun(rest, limits);
            Length += taken;
            rest = rest[taken..];
        }

        if (Status == HeadScanStatus.NeedMore && Length >= limits.MaxBytes)
        {
            Status = HeadScanStatus.TooLong;
        }

        return Status;
    }

    private int TakeRun(ReadOnlySpan<byte> rest, HeadLimits limits)
    {
        int stop = _phase == HeadScanPhase.Line ? rest.IndexOfAny(Cr, Lf) : rest.IndexOfAny(Sp, Cr, Lf);
        int run = stop < 0 ? rest.Length : stop;
        if (_phase == HeadScanPhase.Target && Length + run - _targetStart > limits.MaxTargetBytes)
        {
            Status = HeadScanStatus.TargetTooLong;
            return run;
        }

        if (stop < 0)
        {
            return run;
        }

        switch (rest[stop])
        {
            case Cr:
                _afterCr = true;
                break;
            case Lf:
                // RFC 7230 §3.5 lets a recipient accept it; two readings of one head are how requests are smuggled.
                Status = HeadScanStatus.BareLineBreak;
                break;
            case Sp when _phase == HeadScanPhase.Method:
                _phase = HeadScanPhase.Target;
                _targetStart = Length + stop + 1;
                break;
            default:
                _phase = HeadScanPhase.Line;
                break;
        }

        return stop + 1;
    }

    private int TakeLineFeed(byte value, HeadLimits limits)
    {
        _afterCr = false;
        if (value != Lf)
        {
            Status = HeadScanStatus.BareLineBreak;
            return 1;
        }

        bool empty = Length - 1 == _lineStart;
        if (empty)
        {
            Status = _lines == 0 ? HeadScanStatus.EmptyFirstLine : HeadScanStatus.Done;
            return 1;
        }

        _phase = HeadScanPhase.Line;
        _lineStart = Length + 1;
        _lines++;
        if (Headers > limits.MaxHeaders)
        {
            Status = HeadScanStatus.TooManyHeaders;
        }

        return 1;
    }
}
