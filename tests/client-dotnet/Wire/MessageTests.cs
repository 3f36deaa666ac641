using System.Text;

namespace Switchboard.Client.Tests.Wire;

public sealed class MessageTests
{
    [Theory]
    [InlineData("\"a\\u00e9\"", "a\u00e9")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("\"a\\ud800\"", "\"a\\ud800\"")]
    public void Text_OfAString_IsItsContent_AndOfAnythingElse_WhatIsWritten(string json, string text)
    {
        RoomMessage message = new("r") { Data = Encoding.UTF8.GetBytes(json) };

        Assert.Equal(text, message.ReadText());
    }
}
