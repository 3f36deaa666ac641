using System.Text.Unicode;
using Switchboard.Protocol.Framing;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>The validator of text in pieces. An input is one byte that says how to split, and the text.</summary>
internal sealed class Utf8Target : IFuzzTarget
{
    public string Name => "utf8";

    public int Weight => 15;

    public int MaxInput => 512;

    public long MaxAllocation => 1024;

    public IEnumerable<byte[]> Seeds =>
        from split in Enumerable.Range(0, 4) from text in FramingSeeds.Texts select (byte[])[(byte)split, .. text];

    public IReadOnlyList<byte[]> Dictionary => FramingSeeds.Texts;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> text = input[1..];
        var chunks = new Chunks(input[0]);
        var validator = default(Utf8Validator);
        var model = default(Utf8Model);
        bool viable = true;
        while (viable && !text.IsEmpty)
        {
            ReadOnlySpan<byte> piece = text[..chunks.Next(text.Length)];
            text = text[piece.Length..];
            foreach (byte b in piece)
            {
                viable = viable && model.Take(b);
                trace.Step(viable ? 1 : 2, model.State);
            }

            Unless(validator.Append(piece) == viable, "validator differs from the grammar");
            Unless(!viable || validator.IsComplete == model.IsComplete, "validator differs on completeness");
            trace.Note(3, input[0] & 3, model.State);
        }

        Unless(Utf8.IsValid(input[1..]) == (viable && model.IsComplete), "the grammar differs from the base library");
    }
}
