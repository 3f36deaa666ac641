using System.Buffers;

namespace Switchboard.Protocol.Handshake;

/// <summary>Tells from the first bytes of a request, before its head is complete, whose it is.</summary>
public static class RequestLinePeek
{
    private static ReadOnlySpan<byte> Get => "GET "u8;

    /// <summary>
    /// Looks for <c>GET</c> and the path, as sent, in a buffer that begins with the request's first byte. It says <see
    /// cref="PeekStatus.PassOn"/> at the first byte that differs from <c>GET</c> and a space, or once the target is
    /// malformed or over <see cref="HeadLimits.MaxTargetBytes"/>. The path lies in the buffer, or in a copy where
    /// segments part it, and is not validated.
    /// </summary>
    public static PeekStatus Peek(in ReadOnlySequence<byte> buffer, HeadLimits limits, out ReadOnlySpan<byte> path)
    {
        // One byte more than the longest line of interest: enough to see that a target is over its limit.
        long wanted = Math.Min(buffer.Length, (long)Get.Length + limits.MaxTargetBytes + 1);
        return Peek(
            buffer.FirstSpan.Length >= wanted ? buffer.FirstSpan[..(int)wanted] : buffer.Slice(0, wanted).ToArray(),
            limits.MaxTargetBytes,
            out path);
    }

    private static PeekStatus Peek(ReadOnlySpan<byte> start, int maxTargetBytes, out ReadOnlySpan<byte> path)
    {
        path = default;
        int common = start.CommonPrefixLength(Get);
        if (common < Get.Length)
        {
            return common == start.Length ? PeekStatus.NeedMore : PeekStatus.PassOn;
        }

        ReadOnlySpan<byte> rest = start[Get.Length..];
        int end = rest.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        if (end < 0)
        {
            return rest.Length > maxTargetBytes ? PeekStatus.PassOn : PeekStatus.NeedMore;
        }

        if (end == 0 || rest[end] != ' ' || !RequestTarget.TrySplit(rest[..end], out RequestTarget target))
        {
            return PeekStatus.PassOn;
        }

        path = target.Path;
        return PeekStatus.Path;
    }
}
