using System.Text;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class DecodeErrorTests
{
    /// <summary>A message, the code and the id that it is answered with, and what the text names.</summary>
    public static readonly TheoryData<string, string, long, string> Invalid = new()
    {
        // Not JSON, or not one object; an id in front of the fault is read.
        { "", "bad_json", 0, "byte 0" },
        { "  ", "bad_json", 0, "byte 2" },
        { "{", "bad_json", 0, "byte 1" },
        { "null", "bad_json", 0, "object" },
        { "[]", "bad_json", 0, "object" },
        { "1", "bad_json", 0, "object" },
        { "\"ping\"", "bad_json", 0, "object" },
        { "\uFEFF{\"type\":\"ping\"}", "bad_json", 0, "byte 0" },
        { """{"type":"ping","id":3} {}""", "bad_json", 3, "byte 23" },
        { """{"type":"ping","id":3}}""", "bad_json", 3, "byte 22" },
        { """{"id":3,"type":"ping",}""", "bad_json", 3, "byte 22" },
        { """{"id":3,"type":'ping'}""", "bad_json", 3, "byte" },
        { """{"type":"ping","id":03}""", "bad_json", 0, "byte" },
        { """{"type":"publish","room":"r","data":01,"id":3}""", "bad_json", 0, "byte" },
        { """{"id":3,"type":"publish","room":"r","data":"\x"}""", "bad_json", 3, "byte" },
        { "{\"id\":3,\"type\":\"publish\",\"room\":\"r\",\"data\":\"\n\"}", "bad_json", 3, "byte" },
        { """{"id":3,"type":"publish","room":"r","data":"\u12g4"}""", "bad_json", 3, "byte" },
        { """{"id":3,"type":"ping"/**/}""", "bad_json", 3, "byte" },
        { """{"id":3,"type":"nonsense","room":5,"data":tru}""", "bad_json", 3, "byte" },

        // What all commands have.
        { """{}""", "bad_field", 0, "type" },
        { """{"id":3}""", "bad_field", 3, "type" },
        { """{"id":3,"type":null}""", "bad_field", 3, "type" },
        { """{"type":5,"id":3}""", "bad_field", 3, "type" },
        { """{"type":"ping","type":"ping","id":3}""", "bad_field", 3, "type" },
        { """{"type":"ping","id":3,"id":4}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":3,"i\u0064":3}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":0}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":-1}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":"3"}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":3.0}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":3e0}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":9007199254740992}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":99999999999999999999999999}""", "bad_field", 0, "id" },
        { """{"type":"ping","id":null}""", "bad_field", 0, "id" },
        { """{"type":"nonsense","id":0}""", "bad_field", 0, "id" },
        { """{"type":"nonsense","id":3}""", "unknown_command", 3, "type" },
        { """{"type":"Ping","id":3}""", "unknown_command", 3, "type" },
        { """{"type":"","id":3}""", "unknown_command", 3, "type" },
        { """{"type":"\ud800","id":3}""", "unknown_command", 3, "type" },
        { """{"type":"welcome","id":3}""", "unknown_command", 3, "type" },

        // Names.
        { """{"type":"leave","id":3}""", "bad_field", 3, "room" },
        { """{"type":"leave","room":5,"id":3}""", "bad_field", 3, "room" },
        { """{"type":"leave","room":null,"id":3}""", "bad_field", 3, "room" },
        { """{"type":"leave","room":"a","room":"a","id":3}""", "bad_field", 3, "room" },
        { """{"type":"leave","room":"","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"a\u0000","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"a\n","id":3}""", "bad_name", 3, "room" },
        { "{\"type\":\"leave\",\"room\":\"\x7f\",\"id\":3}", "bad_name", 3, "room" },
        { "{\"type\":\"leave\",\"room\":\"é\u0085\",\"id\":3}", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\u009f","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\ud83d","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\ude00","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\ud83d\ud83d","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\ud83dx","id":3}""", "bad_name", 3, "room" },
        { """{"type":"leave","room":"\ud83d\n","id":3}""", "bad_name", 3, "room" },

        // connect
        { """{"type":"connect","id":3,"resume":5}""", "bad_field", 3, "resume" },
        { """{"type":"connect","id":3,"resume":""}""", "bad_name", 3, "resume" },
        { """{"type":"connect","id":3,"positions":{}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":[]}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"turn":1}""", "bad_field", 3, "turn" },
        { """{"type":"connect","id":3,"resume":"t","turn":0}""", "bad_field", 3, "turn" },
        { """{"type":"connect","id":3,"resume":"t","turn":"1"}""", "bad_field", 3, "turn" },
        { """{"type":"connect","id":3,"resume":"t","turn":9007199254740992}""", "bad_field", 3, "turn" },
        { """{"type":"connect","id":3,"resume":"t","turn":1,"turn":2}""", "bad_field", 3, "turn" },
        { """{"type":"connect","id":3,"resume":"t","positions":null}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"user":5}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"user":null}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":[]}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":{},"rooms":{}}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":{"a":1}}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":{"":{"epoch":"0123456789abcdef","offset":1}}}}""", "bad_name", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":{"\ud800":{"epoch":"0123456789abcdef","offset":1}}}}""", "bad_name", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"rooms":{"a":{"epoch":"0123456789abcdef","offset":1},"\u0061":{"epoch":"0123456789abcdef","offset":1}}}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"user":{"epoch":"0123456789abcdef","offset":1},"user":{"epoch":"0123456789abcdef","offset":1}}}""", "bad_field", 3, "positions" },
        { """{"type":"connect","id":3,"resume":"t","positions":{"connection":{"epoch":"0123456789abcdef","offset":1},"connection":{"epoch":"0123456789abcdef","offset":1}}}""", "bad_field", 3, "positions" },

        // connect, join, refresh: the token
        { """{"type":"refresh","id":3}""", "bad_field", 3, "token" },
        { """{"type":"refresh","id":3,"token":null}""", "bad_field", 3, "token" },
        { """{"type":"refresh","id":3,"token":""}""", "bad_name", 3, "token" },
        { """{"type":"refresh","id":3,"token":"a\n"}""", "bad_name", 3, "token" },
        { """{"type":"refresh","id":3,"token":"\ud800"}""", "bad_name", 3, "token" },
        { """{"type":"refresh","id":3,"token":"t","token":"t"}""", "bad_field", 3, "token" },
        { """{"type":"refresh","id":3,"token":"t","room":""}""", "bad_name", 3, "room" },
        { """{"type":"connect","id":3,"token":5}""", "bad_field", 3, "token" },
        { """{"type":"join","room":"r","token":{},"id":3}""", "bad_field", 3, "token" },

        // join, leave, presence, state
        { """{"type":"join","id":3,"presence":true}""", "bad_field", 3, "room" },
        { """{"type":"join","room":"r","presence":1,"id":3}""", "bad_field", 3, "presence" },
        { """{"type":"join","room":"r","presence":null,"id":3}""", "bad_field", 3, "presence" },
        { """{"type":"join","room":"r","state":[],"id":3}""", "bad_field", 3, "state" },
        { """{"type":"join","room":"r","state":"s","id":3}""", "bad_field", 3, "state" },
        { """{"type":"join","room":"r","position":null,"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef"},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789ABCDEF","offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"00123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcde ","offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":123,"offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","offset":-1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","offset":1.5},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","offset":"1"},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","offset":9007199254740992},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","offset":1,"offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"join","room":"r","position":{"epoch":"0123456789abcdef","epoch":"0123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "position" },
        { """{"type":"presence","id":3}""", "bad_field", 3, "room" },
        { """{"type":"state","id":3,"state":{}}""", "bad_field", 3, "room" },
        { """{"type":"state","id":3,"room":"r"}""", "bad_field", 3, "state" },
        { """{"type":"state","id":3,"room":"r","state":false}""", "bad_field", 3, "state" },

        // publish
        { """{"type":"publish","data":1,"id":3}""", "bad_field", 3, "room" },
        { """{"type":"publish","room":"r","id":3}""", "bad_field", 3, "data" },
        { """{"type":"publish","room":"r","data":1,"data":1,"id":3}""", "bad_field", 3, "data" },
        { """{"type":"publish","room":"r","data":1,"class":"fast","id":3}""", "bad_field", 3, "class" },
        { """{"type":"publish","room":"r","data":1,"class":null,"id":3}""", "bad_field", 3, "class" },
        { """{"type":"publish","room":"r","data":1,"class":"latest","class":"latest","slot":"s","id":3}""", "bad_field", 3, "class" },
        { """{"type":"publish","room":"r","data":1,"class":"latest","id":3}""", "bad_field", 3, "slot" },
        { """{"type":"publish","room":"r","data":1,"class":"latest","slot":1,"id":3}""", "bad_field", 3, "slot" },
        { """{"type":"publish","room":"r","data":1,"class":"latest","slot":"","id":3}""", "bad_name", 3, "slot" },
        { """{"type":"publish","room":"r","data":1,"slot":"s","id":3}""", "bad_field", 3, "slot" },
        { """{"type":"publish","room":"r","data":1,"class":"volatile","slot":"s","id":3}""", "bad_field", 3, "slot" },
        { """{"type":"publish","room":"r","data":1,"class":"volatile","key":"k","id":3}""", "bad_field", 3, "key" },
        { """{"type":"publish","room":"r","data":1,"key":7,"id":3}""", "bad_field", 3, "key" },
        { """{"type":"publish","room":"r","data":1,"key":"","id":3}""", "bad_name", 3, "key" },
        { """{"type":"publish","room":"r","data":1,"echo":0,"id":3}""", "bad_field", 3, "echo" },
        { """{"type":"publish","room":"r","data":1,"echo":"false","id":3}""", "bad_field", 3, "echo" },

        // send
        { """{"type":"send","data":1,"id":3}""", "bad_field", 3, "user or connection" },
        { """{"type":"send","user":"u","connection":"c","data":1,"id":3}""", "bad_field", 3, "user or connection" },
        { """{"type":"send","user":5,"data":1,"id":3}""", "bad_field", 3, "user" },
        { """{"type":"send","user":"","data":1,"id":3}""", "bad_name", 3, "user" },
        { """{"type":"send","connection":"","data":1,"id":3}""", "bad_name", 3, "connection" },
        { """{"type":"send","connection":[],"data":1,"id":3}""", "bad_field", 3, "connection" },
        { """{"type":"send","user":"u","id":3}""", "bad_field", 3, "data" },

        // history
        { """{"type":"history","id":3}""", "bad_field", 3, "room or feed" },
        { """{"type":"history","room":"r","feed":"user","id":3}""", "bad_field", 3, "room or feed" },
        { """{"type":"history","feed":"room","id":3}""", "bad_field", 3, "feed" },
        { """{"type":"history","feed":1,"id":3}""", "bad_field", 3, "feed" },
        { """{"type":"history","room":"","id":3}""", "bad_name", 3, "room" },
        { """{"type":"history","room":"r","limit":0,"id":3}""", "bad_field", 3, "limit" },
        { """{"type":"history","room":"r","limit":101,"id":3}""", "bad_field", 3, "limit" },
        { """{"type":"history","room":"r","limit":"5","id":3}""", "bad_field", 3, "limit" },
        { """{"type":"history","room":"r","order":"random","id":3}""", "bad_field", 3, "order" },
        { """{"type":"history","room":"r","order":1,"id":3}""", "bad_field", 3, "order" },
        { """{"type":"history","room":"r","after":1,"id":3}""", "bad_field", 3, "after" },
        { """{"type":"history","room":"r","before":1,"id":3}""", "bad_field", 3, "before" },
        { """{"type":"history","room":"r","order":"newest","after":{"epoch":"0123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "after" },
        { """{"type":"history","room":"r","order":"oldest","before":{"epoch":"0123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "before" },
        { """{"type":"history","room":"r","after":{"epoch":"0123456789abcdef","offset":1},"before":{"epoch":"0123456789abcdef","offset":1},"id":3}""", "bad_field", 3, "before" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Decode_InvalidMessage_AnswersWithCodeIdAndField(string message, string code, long id, string field)
    {
        Decoded decoded = Decoded.From(message);

        Assert.NotNull(decoded.Error);
        Assert.Equal((code, id), (decoded.Error.Value.Code, decoded.Error.Value.Id));
        Assert.Contains(field, decoded.Error.Value.Message, StringComparison.Ordinal);
        Assert.False(decoded.Error.Value.Retry);
    }

    [Theory]
    [InlineData("""{"type":"leave","room":"@"}""", 128)]
    [InlineData("""{"type":"send","user":"@","data":1}""", 128)]
    [InlineData("""{"type":"send","connection":"@","data":1}""", 64)]
    [InlineData("""{"type":"publish","room":"r","key":"@","data":1}""", 64)]
    [InlineData("""{"type":"publish","room":"r","class":"latest","slot":"@","data":1}""", 64)]
    [InlineData("""{"type":"connect","resume":"@"}""", 256)]
    public void Decode_NameAtAndBeyondItsBound_CountsBytesOfUnescapedText(string template, int bytes)
    {
        string[] texts = ["a", "é", "\u20ac", "😀", "\\u0061", "\\u00e9", "\\ud83d\\ude00"];
        int[] sizes = [1, 2, 3, 4, 1, 2, 4];
        for (int i = 0; i < texts.Length; i++)
        {
            string fits = string.Concat(Enumerable.Repeat(texts[i], bytes / sizes[i]))
                + new string('x', bytes % sizes[i]);
            string longest = template.Replace("@", fits, StringComparison.Ordinal);
            string tooLong = template.Replace("@", fits + "x", StringComparison.Ordinal);

            Assert.Null(Decoded.From(longest).Error);
            Assert.Equal("bad_name", Decoded.From(tooLong).Error?.Code);
        }
    }

    [Fact]
    public void Decode_TextThatIsNotUtf8_IsBadJson()
    {
        byte[] message = Encoding.UTF8.GetBytes("""{"type":"publish","room":"r","data":"@"}""");
        message[Array.IndexOf(message, (byte)'@')] = 0xC0;

        Assert.Equal("bad_json", Decoded.From(message, FrameKind.Text).Error?.Code);
    }

    [Fact]
    public void Decode_EveryByteInAString_IsBadJsonExactlyWhereItMustBeEscaped()
    {
        for (int value = 0; value < 0x80; value++)
        {
            Decoded decoded = Decoded.From($$"""{"type":"publish","room":"r","data":"{{(char)value}}"}""");

            Assert.Equal(value < 0x20 || value is '"' or '\\' ? "bad_json" : null, decoded.Error?.Code);
        }
    }

    [Theory]
    [InlineData(56, null)]
    [InlineData(57, "bad_field")]
    [InlineData(63, "bad_field")]
    [InlineData(64, "bad_json")]
    [InlineData(5000, "bad_json")]
    public void Decode_DataAndStateByDepth_AreBounded(int depth, string? code)
    {
        string arrays = new string('[', depth) + new string(']', depth);
        string objects = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

        Assert.Equal(code, Decoded.From($$"""{"type":"publish","room":"r","data":{{arrays}}}""").Error?.Code);
        Assert.Equal(code, Decoded.From($$"""{"type":"publish","room":"r","data":{{objects}}}""").Error?.Code);
        Assert.Equal(code, Decoded.From($$"""{"type":"state","room":"r","state":{{objects}}}""").Error?.Code);
        Assert.Equal(depth < 64 ? null : "bad_json", Decoded.From($$"""{"type":"ping","x":{{arrays}}}""").Error?.Code);
    }
}
