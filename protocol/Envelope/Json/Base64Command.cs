using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>
/// A command whose payload stands in it as <c>base64</c>, where there is no binary message to put it in. It becomes that
/// binary message; what is no such command stays the text that it is.
/// </summary>
internal static class Base64Command
{
    public static FallbackCommand Read(ReadOnlyMemory<byte> command)
    {
        ReadOnlySpan<byte> text = command.Span;
        if (text.IndexOf("\"base64\""u8) < 0)
        {
            return new FallbackCommand(command, FrameKind.Text);
        }

        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        var members = new JsonObjectReader(text, EnvelopeLimits.MessageDepth);
        using MemoryStream header = new();
        byte[]? payload = null;
        while (members.TryNext(out JsonToken name, out JsonToken value))
        {
            if (value.Kind == JsonKind.String
                && payload is null
                && JsonValues.ReadWord(name, text, scratch).SequenceEqual("base64"u8))
            {
                payload = Decode(value, text);
                if (payload is not null)
                {
                    continue;
                }
            }

            header.Write(header.Length == 0 ? "{"u8 : ","u8);
            header.Write(name.RawIn(text));
            header.Write(":"u8);
            header.Write(value.RawIn(text));
        }

        return payload is null || header.Length >= ushort.MaxValue
            ? new FallbackCommand(command, FrameKind.Text)
            : new FallbackCommand(Join(header, payload), FrameKind.Binary);
    }

    private static byte[]? Decode(in JsonToken token, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> content = token.ContentIn(text);
        if (token.Escaped)
        {
            // A writer of JSON may escape the slash.
            byte[] unescaped = new byte[content.Length];
            if (JsonText.Unescape(content, unescaped, out int length) != OperationStatus.Done)
            {
                return null;
            }

            content = unescaped.AsSpan(0, length);
        }

        byte[] payload = new byte[Base64.GetMaxDecodedFromUtf8Length(content.Length)];
        return Base64.DecodeFromUtf8(content, payload, out _, out int written) == OperationStatus.Done
            ? payload[..written]
            : null;
    }

    private static byte[] Join(MemoryStream header, byte[] payload)
    {
        header.Write(header.Length == 0 ? "{}"u8 : "}"u8);
        byte[] message = new byte[2 + header.Length + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)header.Length);
        header.ToArray().CopyTo(message, 2);
        payload.CopyTo(message, 2 + header.Length);
        return message;
    }
}
