using System.Buffers;
using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>Writes the text of a head.</summary>
internal static class HeadWriter
{
    /// <summary>Writes text as UTF-8.</summary>
    public static void WriteText(this IBufferWriter<byte> output, ReadOnlySpan<char> text) =>
        Encoding.UTF8.GetBytes(text, output);

    /// <summary>Writes one header line. Name and value must hold neither CR nor LF.</summary>
    public static void WriteHeader(this IBufferWriter<byte> output, string name, string value)
    {
        output.WriteText(name);
        output.Write(": "u8);
        output.WriteText(value);
        output.Write("\r\n"u8);
    }
}
