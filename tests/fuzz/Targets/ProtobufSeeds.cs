using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Switchboard.Protocol.Tests.Envelope.Protobuf;

namespace Switchboard.Fuzz.Targets;

/// <summary>The commands of the envelope in protobuf, and pieces of its wire format.</summary>
internal static class ProtobufSeeds
{
    // Around the limits of names, keys and tokens.
    private static readonly int[] NameLengths = [0, 1, 64, 65, 128, 129, 256, 257];

    private static readonly string[] Texts =
        ["r", "\u0000", "\u0085", "{}", "[]", "null", "{\"a\":[1]}", " 1 ", "[1,]", "\"\\ud800\"", "[[[[[[[[[[[[[[[[[["];

    /// <summary>What may stand in the place of a varint.</summary>
    public static readonly byte[][] Numbers =
    [
        [0], [1], [2], [3], [100], [101], [0x80, 0x00], [0x7F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
    ];

    /// <summary>What may stand in the place of bytes.</summary>
    public static readonly byte[][] Values =
    [
        .. Texts.Select(Encoding.UTF8.GetBytes),
        .. NameLengths.Select(length => Encoding.ASCII.GetBytes(new string('n', length))),
        [0xC2], [0xFF], [0xED, 0xA0, 0x80], [0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x05],
    ];

    public static readonly byte[][] Dictionary =
    [
        .. Numbers, .. Values,
        [0x08, 0x01], [0x0A, 0x01, 0x72], [0x12, 0x01, 0x31], [0x1A, 0x00], [0x20, 0x01], [0x2A, 0x01, 0x73], [0x52, 0x00],
        [0x5B, 0x5C], [0x5B], [0x5C], [0x61, 0, 0, 0, 0, 0, 0, 0, 0], [0x65, 0, 0, 0, 0], [0xF8, 0xFF, 0xFF, 0xFF, 0x0F],
    ];

    public static IEnumerable<byte[]> All =>
        EnvelopeSeeds.Texts.Select(text => Convert(text, payload: null))
            .Concat(EnvelopeSeeds.Headers.Select(text => Convert(text, [0, 1, 0xFF])));

    private static byte[] Convert(string text, byte[]? payload)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return CommandDocument.ToMessage(document.RootElement, payload).ToByteArray();
    }
}
