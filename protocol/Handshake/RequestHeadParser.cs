using System.Buffers;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Parses the head of one HTTP/1.1 request. It remembers how far it has looked, so input that arrives byte by byte
/// costs no more than input that arrives at once. The default value is ready for use.
/// </summary>
public struct RequestHeadParser
{
    private HeadScanner _scanner;

    /// <summary>
    /// Parses a head out of a buffer that begins with its first byte, each time, and holds at least what it held the
    /// last time. The verdict does not depend on how the bytes were cut.
    /// </summary>
    public RequestHeadResult Parse(in ReadOnlySequence<byte> buffer, HeadLimits limits)
    {
        switch (_scanner.Scan(buffer, limits))
        {
            case HeadScanStatus.NeedMore:
                return default;
            case HeadScanStatus.Done:
                return RequestHeadReader.Read(buffer.Slice(0, _scanner.Length).ToArray(), _scanner.Headers);
            case HeadScanStatus.TargetTooLong:
                return RequestHeadResult.Violation(HandshakeRefusal.TargetTooLong());
            case HeadScanStatus.TooManyHeaders:
                return RequestHeadResult.Violation(HandshakeRefusal.HeadTooLarge("The request has too many headers."));
            case HeadScanStatus.TooLong:
                return RequestHeadResult.Violation(HandshakeRefusal.HeadTooLarge("The request head is too long."));
            case HeadScanStatus.EmptyFirstLine:
                return RequestHeadResult.Violation(HandshakeRefusal.BadRequest("The request line must not be empty."));
            case HeadScanStatus.BareLineBreak:
            default:
                return RequestHeadResult.Violation(HandshakeRefusal.BadRequest("Lines must end in CR LF."));
        }
    }
}
