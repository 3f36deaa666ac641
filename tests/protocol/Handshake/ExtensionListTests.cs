using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed partial class ExtensionListTests
{
    [Theory]

    // RFC 6455 §9.1.
    [InlineData("foo, bar; baz=2", "foo bar[baz=2]")]
    [InlineData("deflate-stream", "deflate-stream")]
    [InlineData("mux; max-channels=4; flow-control, stream", "mux[max-channels=4][flow-control] stream")]
    [InlineData("private-extension", "private-extension")]

    // RFC 7692 §5.
    [InlineData("permessage-foo; x=10", "permessage-foo[x=10]")]
    [InlineData("permessage-foo; use_y, permessage-foo", "permessage-foo[use_y] permessage-foo")]
    [InlineData("permessage-foo; x=\"Hello\"", "permessage-foo[x=Hello]")]

    [InlineData(" ,\t,a ; b = c ;d ,, e\t", "a[b=c][d] e")]
    [InlineData("a;b=\"c\"", "a[b=c]")]
    [InlineData("a;b=\"\\c\\d\" ; e", "a[b=cd][e]")]
    [InlineData("a;b;b", "a[b][b]")]
    [InlineData("a,A", "a A")]
    public void TryParse_Valid_GivesExtensionsAndParameters(string value, string expected)
    {
        Assert.True(ExtensionList.TryParse(value, out List<Extension> extensions));
        Assert.Equal(expected, string.Join(' ', extensions.Select(Describe)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,")]
    [InlineData(";")]
    [InlineData(";a")]
    [InlineData("a;")]
    [InlineData("a;,b")]
    [InlineData("a;;b")]
    [InlineData("a b")]
    [InlineData("a;b c")]
    [InlineData("a;b=")]
    [InlineData("a;=c")]
    [InlineData("a;b==c")]
    [InlineData("a=b")]
    [InlineData("a;b=\"")]
    [InlineData("a;b=\"c")]
    [InlineData("a;b=\"c\\")]
    [InlineData("a;b=\"c\\\"")]
    [InlineData("a;b=\"\"")]
    [InlineData("a;b=\"c d\"")]
    [InlineData("a;b=\"c,d\"")]
    [InlineData("a;b=\"\\\"\"")]
    [InlineData("a;b=\"c\"d")]
    [InlineData("\"a\"")]
    [InlineData("a;\"b\"")]
    [InlineData("a/b")]
    [InlineData("é")]
    public void TryParse_Malformed_IsFalse(string value) => Assert.False(ExtensionList.TryParse(value, out _));

    [Fact]
    public void TryParse_OverAMaximum_IsFalse()
    {
        string parameters = string.Concat(Enumerable.Repeat("; b", 16));
        string extensions = string.Join(',', Enumerable.Repeat("a" + parameters, 16));

        Assert.True(ExtensionList.TryParse(extensions, out List<Extension> parsed));
        Assert.Equal(16 * 16, parsed.Sum(e => e.Parameters.Count));
        Assert.False(ExtensionList.TryParse(extensions + ",a", out _));
        Assert.False(ExtensionList.TryParse("a" + parameters + ";b", out _));
    }

    [Fact]
    public void TryParse_AnyText_AcceptsWhatTheGrammarAccepts()
    {
        Gen<string> piece = Gen.Elements("a", "b", ",", ";", "=", "\"", "\\", " ", "\t", "\"c\"", "/", ";d=e", ",f");
        Gen<string> texts = Gen.Choose(0, 7).SelectMany(n => piece.ListOf(n)).Select(string.Concat);
        int accepted = 0;
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            bool parsed = ExtensionList.TryParse(text, out List<Extension> extensions);
            accepted += parsed ? 1 : 0;
            return parsed == Grammar().IsMatch(text)
                && (!parsed || extensions.All(e => e.Parameters.All(p => p.Value is null || Token().IsMatch(p.Value))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.True(accepted > 100, $"{accepted} accepted");
    }

    private const string Parameter =
        """[ \t]*;[ \t]*[a-z]+(?:[ \t]*=[ \t]*(?:[a-z]+|"(?:\\?[a-z])+"))?""";

    // RFC 7230 §7 over the alphabet above: empty elements anywhere, at least one other.
    [GeneratedRegex(
        $@"\A(?:[ \t]*,)*[ \t]*[a-z]+(?:{Parameter})*" +
        $@"(?:[ \t]*,(?:[ \t]*[a-z]+(?:{Parameter})*)?)*[ \t]*\z")]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A[a-z]+\z")]
    private static partial Regex Token();

    private static string Describe(Extension extension) =>
        extension.Name + string.Concat(
            extension.Parameters.Select(p => p.Value is null ? $"[{p.Name}]" : $"[{p.Name}={p.Value}]"));
}
