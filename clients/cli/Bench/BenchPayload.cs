using System.Buffers.Text;
using System.Text;

namespace Switchboard.Cli.Bench;

/// <summary>
/// A payload of the benchmark: a JSON string <c>"RUN NUMBER TIME xxx…"</c>, by which each delivery says which message it is and
/// when that was published.
/// </summary>
internal static class BenchPayload
{
    /// <summary>The least bytes that it has room in.</summary>
    public const int Least = 64;

    /// <summary>Makes one.</summary>
    /// <param name="run">Hexadecimal digits that tell one run from another.</param>
    /// <param name="number">The message's number in its room.</param>
    /// <param name="time">A time stamp of this process.</param>
    /// <param name="size">How many bytes.</param>
    public static byte[] Make(string run, int number, long time, int size)
    {
        byte[] payload = new byte[size];
        payload.AsSpan().Fill((byte)'x');
        payload[0] = payload[^1] = (byte)'"';
        int at = 1 + Encoding.ASCII.GetBytes(run, payload.AsSpan(1));
        payload[at++] = (byte)' ';
        Utf8Formatter.TryFormat(number, payload.AsSpan(at), out int written);
        at += written;
        payload[at++] = (byte)' ';
        Utf8Formatter.TryFormat(time, payload.AsSpan(at), out written);
        payload[at + written] = (byte)' ';
        return payload;
    }

    /// <summary>Reads one back.</summary>
    /// <returns>Whether it is one of this run.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, string run, out int number, out long time)
    {
        time = 0;
        number = 0;
        if (payload.Length < Least || !payload[1..].StartsWith(Encoding.ASCII.GetBytes(run)))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = payload[(run.Length + 2)..];
        return Utf8Parser.TryParse(rest, out number, out int used)
            && number >= 0
            && rest.Length > used
            && Utf8Parser.TryParse(rest[(used + 1)..], out time, out _);
    }
}
