using System.Text;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class DecodeCommandTests
{
    private const string Position = """{"epoch":"0123456789abcdef","offset":42}""";

    /// <summary>Every command with every field that it may have, as text.</summary>
    public static readonly TheoryData<string> Valid =
    [
        """{"type":"connect"}""",
        """{"type":"connect","id":1}""",
        """{"type":"connect","resume":"token"}""",
        """{"type":"connect","resume":"t","positions":{}}""",
        $$$"""{"type":"connect","resume":"t","positions":{"user":{{{Position}}},"connection":{{{Position}}}}}""",
        """{"type":"connect","resume":"t","positions":{"rooms":{"a":{"epoch":"0000000000000001","offset":42},"b \u00e9 😀":{"offset":0,"epoch":"ffffffffffffffff"}}}}""",
        """{"type":"connect","resume":"t","positions":{"rooms":{},"else":[1]}}""",
        """{"type":"connect","resume":"t","turn":1}""",
        """{"type":"connect","turn":9007199254740991,"positions":{},"resume":"t"}""",
        """{"type":"join","room":"r"}""",
        $$$"""{"type":"join","id":9007199254740991,"room":"r","position":{{{Position}}},"presence":true,"state":{"a":[1]}}""",
        """{"type":"join","room":"r","presence":false,"state":null}""",
        """{"type":"join","room":"r","position":{"offset":9007199254740991,"more":{"x":1},"epoch":"0000000000000000"}}""",
        """{"type":"leave","id":3,"room":"r"}""",
        """{"type":"publish","room":"r","data":null}""",
        """{"type":"publish","room":"r","data":{"a":"\ud800"},"key":"k","echo":false}""",
        """{"type":"publish","room":"r","data":-1.5e+3,"class":"reliable","echo":true}""",
        """{"type":"publish","room":"r","data":[ 1 , 2 ] ,"class":"latest","slot":"s","key":"k"}""",
        """{"type":"publish","room":"r","data":"\"\\","class":"volatile"}""",
        """{"type":"send","user":"u","data":true}""",
        """{"type":"send","id":4,"connection":"c","data":{},"class":"latest","slot":"s","key":"k"}""",
        """{"type":"history","id":5,"room":"r"}""",
        """{"type":"history","id":5,"room":"r","order":"oldest","limit":1}""",
        """{"type":"history","id":5,"room":"r","order":"newest","limit":100}""",
        $$$"""{"type":"history","id":5,"feed":"user","after":{{{Position}}}}""",
        $$$"""{"type":"history","id":5,"feed":"connection","before":{{{Position}}}}""",
        $$$"""{"type":"history","id":5,"room":"r","before":{{{Position}}},"order":"newest"}""",
        $$$"""{"type":"history","id":5,"room":"r","after":{{{Position}}},"order":"oldest","limit":7}""",
        """{"type":"presence","id":6,"room":"r"}""",
        """{"type":"state","room":"r","state":{"deep":{"er":[{}]}}}""",
        """{"type":"state","room":"r","state":null}""",
        """{"type":"connect","token":"a.b.c"}""",
        """{"type":"connect","resume":"t","token":"a\u002eb"}""",
        """{"type":"join","room":"r","token":"a.b.c"}""",
        """{"type":"refresh","token":"a.b.c"}""",
        """{"type":"refresh","id":9,"room":"r","token":"a.b.c"}""",
        """{"type":"leave","room":"r","token":5}""",
        """{"type":"ping"}""",
        """{"type":"ping","id":7}""",
        // The order of fields and white space do not matter.
        "\t{ \"data\" :\r\n {} , \"room\" : \"r\" ,\"id\":8, \"type\" : \"publish\" } \n",
        // Escapes stand for what they escape, in values and in names of fields.
        """{"t\u0079pe":"publ\u0069sh","room":"\u0072\/\"\\\u00e9\u20AC\ud83d\ude00","d\u0061ta":1,"class":"\u006catest","slot":"\u0073"}""",
        """{"type":"join","room":"r","position":{"\u0065poch":"\u0030123456789abcdef","off\u0073et":1}}""",
        """{"type":"history","feed":"\u0075ser","order":"new\u0065st"}""",
        // Fields that the command does not know are ignored, whatever they are, and however often.
        """{"type":"ping","room":5,"data":{},"room":6,"future":[{"a":[]}],"future":null}""",
        """{"type":"leave","room":"r","class":7,"state":[],"position":"p"}""",
        """{"type":"publish","room":"r","data":1,"user":5,"state":1,"limit":"x"}""",
        """{"type":"send","user":"u","data":1,"room":7,"echo":"no"}""",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void Decode_ValidCommand_ReadsWhatSystemTextJsonReads(string json) =>
        CommandOracle.AssertSame(json, Decoded.From(json));

    [Fact]
    public void Decode_DataWithWhiteSpaceAndEscapes_IsHandedOnAsItWasSent()
    {
        const string Data = """{ "a" : "\u0041\n" , "b":1.0E2 }""";

        Decoded command = Decoded.From($$"""{"type":"publish","room":"r","data":  {{Data}}  ,"id":1}""");

        Assert.Equal(Data, Encoding.UTF8.GetString(command.Data));
    }

    [Fact]
    public void Decode_EveryNameEscapedToItsBound_FitsTheScratch()
    {
        string room = Escaped('r', 128);
        string slot = Escaped('s', 64);
        string key = Escaped('k', 64);

        Decoded publish = Decoded.From(
            $$"""{"t\u0079pe":"publis\u0068","room":"{{room}}","class":"l\u0061test","slot":"{{slot}}","key":"{{key}}","data":1}""");
        Decoded send = Decoded.From(
            $$"""{"type":"send","user":"{{room}}","class":"\u006catest","slot":"{{slot}}","key":"{{key}}","data":1}""");
        Decoded connect = Decoded.From($$"""{"type":"connect","resume":"{{Escaped('t', 256)}}"}""");

        Assert.Equal(new string('r', 128), publish.Room);
        Assert.Equal(new string('s', 64), publish.Slot);
        Assert.Equal(new string('k', 64), publish.Key);
        Assert.Equal(new string('r', 128), send.User);
        Assert.Equal(new string('k', 64), send.Key);
        Assert.Equal(new string('t', 256), connect.Resume);
    }

    [Fact]
    public void Decode_ScratchTooSmall_IsTheCallersFault() =>
        Assert.Throws<ArgumentException>(
            "scratch", () => new JsonEnvelopeCodec().TryDecode("{}"u8, default, new byte[511], out _, out _));

    private static string Escaped(char value, int count) =>
        string.Concat(Enumerable.Repeat($"\\u{(int)value:x4}", count));
}
