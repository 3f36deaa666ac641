using System.Text;
using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Tests.Wire;

public sealed class EventReaderTests
{
    [Fact]
    public void Message_InAnyOrder_WithEscapes_IsRead()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            """{"type":"message","data": {"x":[1,2]} ,"class":"latest","slot":"s\u00e9","new":{"id":9},"offset":7,"room":"r\u00f6\"m","from":{"connection":"c-1","user":"ann"},"time":5}""");
        EventReader reader = new();

        reader.Read(json);

        Assert.Equal(EventType.Message, reader.Type);
        Assert.Equal("rö\"m", reader.Room.ToString());
        Assert.Equal("sé", reader.Slot.ToString());
        Assert.Equal("ann", reader.FromUser.ToString());
        Assert.Equal("c-1", reader.FromConnection.ToString());
        Assert.Equal(7, reader.Offset);
        Assert.Equal(5, reader.Time);
        Assert.Equal(Delivery.Latest, reader.Delivery);
        Assert.Equal("""{"x":[1,2]}""", Encoding.UTF8.GetString(json[reader.Data]));
    }

    [Fact]
    public void Event_ThatIsReadBehindAnother_KeepsNothingOfIt()
    {
        EventReader reader = new();
        reader.Read("""{"type":"error","id":3,"code":"too_fast","message":"m","retry":true,"retryAfter":250,"room":"r"}"""u8);
        Assert.Equal((3, "too_fast", "m", true, 250), (reader.Id, reader.Code, reader.Text, reader.Retry, reader.RetryAfter));

        reader.Read("""{"type":"pong","time":1}"""u8);

        Assert.Equal((0, null, null, false, -1), (reader.Id, reader.Code, reader.Text, reader.Retry, reader.RetryAfter));
        Assert.True(reader.Room.IsEmpty);
        Assert.True(reader.Position.IsNone);
    }

    [Fact]
    public void EventOfALaterVersion_IsUnknown()
    {
        EventReader reader = new();

        reader.Read("""{"type":"applause","room":"r"}"""u8);

        Assert.Equal(EventType.Unknown, reader.Type);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"type\":\"published\",\"epoch\":\"xyz\"}")]
    [InlineData("{\"type\":\"pub")]
    public void WhatIsNotAnEvent_Throws(string json) =>
        Assert.ThrowsAny<JsonException>(() => new EventReader().Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void BinaryMessage_WhoseHeaderDoesNotFit_Throws() =>
        Assert.Throws<JsonException>(() => EventReader.Split(new byte[] { 0, 9, 1 }));
}
