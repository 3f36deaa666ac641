using System.Text;
using Switchboard.Load.Dialects;

namespace Switchboard.Load.Tests.Dialects;

public sealed class DialectTests
{
    private static readonly Uri _url = new("ws://127.0.0.1:1/x");

    [Theory]
    [InlineData("switchboard", """{"type":"published","id":7,"offset":9}""", 4)]
    [InlineData("switchboard", """{"id":7,"position":{"epoch":"e","offset":9,"id":1},"type":"published"}""", 4)]
    [InlineData("signalr", """{"type":3,"invocationId":"4","result":null}""", 4)]
    public void TryReadAcknowledgement_Acknowledgement_GivesTheNumber(string kind, string record, long number)
    {
        Assert.True(Dialect.Of(kind, _url, "r").TryReadAcknowledgement(Encoding.UTF8.GetBytes(record), out var id));
        Assert.Equal(number, id);
    }

    [Theory]
    [InlineData("switchboard", """{"type":"message","room":"r","data":{"type":"published","id":1}}""")]
    [InlineData("signalr", """{"type":6}""")]
    public void TryReadAcknowledgement_AnythingElse_IsNone(string kind, string record) =>
        Assert.False(Dialect.Of(kind, _url, "r").TryReadAcknowledgement(Encoding.UTF8.GetBytes(record), out _));

    [Theory]
    [InlineData("switchboard", """{"type":"error","id":7,"code":"not_joined"}""")]
    [InlineData("signalr", """{"type":3,"invocationId":"4","error":"no"}""")]
    public void TryReadAcknowledgement_Refusal_Throws(string kind, string record) =>
        Assert.Throws<LoadException>(() =>
            Dialect.Of(kind, _url, "r").TryReadAcknowledgement(Encoding.UTF8.GetBytes(record), out _));
}
