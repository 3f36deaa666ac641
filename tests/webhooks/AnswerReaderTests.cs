using System.Text;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Webhooks.Tests;

public sealed class AnswerReaderTests
{
    [Fact]
    public void Answer_WithEverything_IsRead()
    {
        Assert.True(AnswerReader.TryRead(
            """{"allow":true,"user":"ann","rooms":["a","b"],"data":{"x": [1]},"later":1}"""u8.ToArray(), out Answer answer));

        Assert.Equal(AnswerKind.Allowed, answer.Kind);
        Assert.Equal("ann", answer.User);
        Assert.Equal(["a", "b"], answer.Rooms!);
        Assert.Equal("""{"x": [1]}""", Encoding.UTF8.GetString(answer.Data!));
    }

    [Fact]
    public void Answer_ThatRefuses_SaysWhy()
    {
        Assert.True(AnswerReader.TryRead(
            """{"allow":false,"code":"muted","message":"not today"}"""u8.ToArray(), out Answer answer));

        Assert.Equal((AnswerKind.Refused, "muted", "not today"), (answer.Kind, answer.Code, answer.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"allow":1}""")]
    [InlineData("""{"allow":true,"allow":false}""")]
    [InlineData("""{"allow":false,"code":"Not a code"}""")]
    [InlineData("""{"allow":false,"code":""}""")]
    [InlineData("""{"allow":false,"message":7}""")]
    [InlineData("""{"allow":true,"user":""}""")]
    [InlineData("""{"allow":true,"user":"a\u0000b"}""")]
    [InlineData("""{"allow":true,"user":"\ud800"}""")]
    [InlineData("""{"allow":true,"\ud800":1,"":2}""")]
    [InlineData("""{"allow":true,"rooms":"a"}""")]
    [InlineData("""{"allow":true,"rooms":[1]}""")]
    [InlineData("""{"allow":true,"rooms":[""]}""")]
    [InlineData("""{"allow":true,"rooms":["\udc00"]}""")]
    public void Answer_ThatIsNone_IsNotTaken(string body) =>
        Assert.False(AnswerReader.TryRead(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void Answer_WithBytesThatAreNoText_IsNotTaken() =>
        Assert.False(AnswerReader.TryRead([.. "{\"allow\":true,\"data\":\""u8, 0xFF, .. "\"}"u8], out _));

    [Fact]
    public void Answer_NestedTooDeep_IsNotTaken()
    {
        string Nested(int depth) => $$"""{"allow":true,"data":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        Assert.True(AnswerReader.TryRead(Encoding.UTF8.GetBytes(Nested(56)), out _));
        Assert.False(AnswerReader.TryRead(Encoding.UTF8.GetBytes(Nested(57)), out _));
    }
}
