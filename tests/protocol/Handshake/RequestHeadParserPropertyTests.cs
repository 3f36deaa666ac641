using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RequestHeadParserPropertyTests
{
    [Fact]
    public void Parse_MutatedHead_AcceptsWhatTheGrammarAccepts()
    {
        int accepted = 0;
        int refused = 0;
        Prop.ForAll(MutatedHeads.Generator.ToArbitrary(), bytes =>
        {
            RequestHeadResult result = Heads.Parse(new ReadOnlySequence<byte>(bytes));
            int? expected = HeadOracle.AcceptedLength(Encoding.Latin1.GetString(bytes));
            _ = result.IsDone ? accepted++ : refused++;
            return expected == (result.IsDone ? result.Consumed : null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        // Neither verdict may be rare, or the property says little.
        Assert.True(accepted > 300 && refused > 300, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Parse_MutatedHeadCutAnywhere_GivesTheSame()
    {
        var cases =
            from bytes in MutatedHeads.Generator
            from first in Gen.Choose(0, bytes.Length)
            from second in Gen.Choose(first, bytes.Length)
            select (bytes, first, second);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            string whole = Heads.Describe(Heads.Parse(new ReadOnlySequence<byte>(c.bytes)));
            string cut = Heads.Describe(Heads.Parse(
                Heads.Segments(c.bytes[..c.first], c.bytes[c.first..c.second], c.bytes[c.second..])));
            return whole == cut;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Parse_GeneratedHead_GivesWhatASplitOfItsTextGives()
    {
        // Short enough to stay under every limit.
        Gen<string> token = Text("abcXYZ019-_!~", 1);
        Gen<string> value = Text("abc :,;=\"\t\u00E9", 0);
        var heads =
            from path in Gen.Choose(0, 5).SelectMany(n => token.ListOf(n))
            from query in Gen.OneOf(Gen.Constant(""), token.Select(t => "?" + t))
            from headers in Gen.Choose(0, 20).SelectMany(n => Gen.Zip(token, value).ListOf(n))
            select Heads.Request(
                $"GET /{string.Join('/', path)}{query} HTTP/1.1",
                [.. headers.Select(h => $"x-{h.Item1}:{h.Item2}"), "Host: a"]);
        Prop.ForAll(heads.ToArbitrary(), text =>
        {
            RequestHead head = Heads.Good(text);
            string[] lines = text.Split("\r\n")[..^2];
            string[] line = lines[0].Split(' ');
            string[] target = line[1].Split('?');
            bool same = head.Method == line[0]
                && head.Target == line[1]
                && head.RawPath == target[0]
                && head.RawQuery == (target.Length > 1 ? target[1] : "")
                && head.Length == text.Length;
            return same && lines.Skip(1)
                .Select(l => l.Split(':', 2))
                .GroupBy(l => l[0], StringComparer.OrdinalIgnoreCase)
                .All(g => head.Header(g.Key) == string.Join(", ", g.Select(l => l[1].Trim(' ', '\t')))
                    && head.CountHeaders(g.Key) == g.Count());
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<string> Text(string alphabet, int min) =>
        Gen.Choose(min, 8).SelectMany(n => Gen.Elements(alphabet.ToCharArray()).ListOf(n)).Select(string.Concat);
}
