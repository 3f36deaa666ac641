using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>The events that stand for frames which only a WebSocket has.</summary>
internal static class FallbackEvents
{
    /// <summary>The event for a close frame.</summary>
    public static byte[] Closed(ReadOnlySpan<byte> payload)
    {
        string reason = payload.Length < 2 ? string.Empty : Encoding.UTF8.GetString(payload[2..]);
        string text = JsonEncodedText.Encode(reason).ToString();
        return Encoding.UTF8.GetBytes(
            $$"""{"type":"closed","code":{{CloseFrame.ReadCode(payload)}},"reason":"{{text}}"}""");
    }

    /// <summary>The event for a binary message: its header, an object, with the payload as one more field.</summary>
    public static byte[] WithBase64(ReadOnlySpan<byte> message)
    {
        int header = BinaryPrimitives.ReadUInt16BigEndian(message);
        ReadOnlySpan<byte> payload = message[(2 + header)..];
        ReadOnlySpan<byte> field = ",\"base64\":\""u8;
        byte[] text = new byte[header - 1 + field.Length + Base64.GetMaxEncodedToUtf8Length(payload.Length) + 2];
        message.Slice(2, header - 1).CopyTo(text);
        field.CopyTo(text.AsSpan(header - 1));
        int at = header - 1 + field.Length;
        Base64.EncodeToUtf8(payload, text.AsSpan(at), out _, out int written);
        "\"}"u8.CopyTo(text.AsSpan(at + written));
        return text;
    }
}
