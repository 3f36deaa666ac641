using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class QueryParameterTests
{
    [Theory]
    [InlineData("a=1", "a", "1")]
    [InlineData("b=1&a=2&a=3", "a", "2")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("A=1", "a", null)]
    [InlineData("", "a", null)]
    [InlineData("&&", "", null)]
    [InlineData("=x", "", "x")]
    [InlineData("a=x+y%20z%2B", "a", "x y z+")]
    [InlineData("%61=x", "a", "x")]
    [InlineData("a=%E2%82%AC%e2%82%ac", "a", "€€")]
    [InlineData("a=%25", "a", "%")]
    [InlineData("a=1;b=2", "a", "1;b=2")]
    [InlineData("a=1&b=%zz", "a", "1")]
    [InlineData("b=%zz&a=1", "a", "1")]
    public void TryGetQueryParameter_ValidEncoding_GivesTheFirst(string query, string name, string? expected)
    {
        Assert.True(Head(query).TryGetQueryParameter(name, out string? value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("a=%")]
    [InlineData("a=%4")]
    [InlineData("a=%4g")]
    [InlineData("a=x%")]
    [InlineData("a=%ff")]
    [InlineData("a=%c0%80")]
    [InlineData("a=%ed%a0%80")]
    [InlineData("a=%e2%82")]
    [InlineData("%=b&a=1")]
    public void TryGetQueryParameter_InvalidEncoding_IsFalse(string query)
    {
        Assert.False(Head(query).TryGetQueryParameter("a", out string? value));
        Assert.Null(value);
    }

    [Fact]
    public async Task TryGetQueryParameter_LongValue_IsDecoded()
    {
        string text = string.Concat(Enumerable.Repeat("ä +%&=", 200));

        Assert.True(Head(await EncodeAsync("a", text)).TryGetQueryParameter("a", out string? value));
        Assert.Equal(text, value);
    }

    [Fact]
    public void TryGetQueryParameter_WhateverAFormEncodes_ComesBack()
    {
        Arbitrary<(string, string)> pairs = ArbMap.Default.GeneratorFor<UnicodeString>()
            .Select(s => s.Get ?? "")
            .Where(s => !s.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && s.Length > 0)
            .Two()
            .Select(t => (t.Item1, t.Item2))
            .ToArbitrary();
        Prop.ForAll(pairs, pair =>
            Head(EncodeAsync(pair.Item1, pair.Item2).Result).TryGetQueryParameter(pair.Item1, out string? value)
                && value == pair.Item2).QuickCheckThrowOnFailure();
    }

    // The base library's encoder, as the other side of the property.
    private static async Task<string> EncodeAsync(string name, string value)
    {
        using FormUrlEncodedContent form = new([new KeyValuePair<string, string>(name, value)]);
        return await form.ReadAsStringAsync();
    }

    private static RequestHead Head(string query) => Heads.Good(Heads.Request($"GET /?{query} HTTP/1.1", "Host: a"));
}
