using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Writes the answer to connect.</summary>
internal static class JsonWelcomeEncoder
{
    private const int SizeHint = 1024;

    public static FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"welcome\""u8);
        json.Id(welcome.Id);
        json.String(",\"connection\":"u8, welcome.Connection);
        json.String(",\"user\":"u8, welcome.User);
        json.String(",\"resume\":"u8, welcome.Resume);
        json.Raw(welcome.Resumed ? ",\"resumed\":true"u8 : ",\"resumed\":false"u8);
        json.Raw(",\"positions\":{\"user\":{"u8);
        json.Start(welcome.UserFeed);
        json.Raw("},\"connection\":{"u8);
        json.Start(welcome.ConnectionFeed);
        json.Raw("}}"u8);
        if (welcome.Resumed)
        {
            Rooms(ref json, welcome.Rooms);
        }

        json.Number(",\"heartbeat\":{\"interval\":"u8, welcome.HeartbeatInterval);
        json.Number(",\"timeout\":"u8, welcome.HeartbeatTimeout);
        json.Number("},\"grace\":"u8, welcome.Grace);
        Limits(ref json, welcome.Limits);
        json.Raw("}"u8);
        json.Flush();
        return FrameKind.Text;
    }

    private static void Rooms(ref JsonOutput json, IReadOnlyList<RoomStart> rooms)
    {
        json.Raw(",\"rooms\":{"u8);
        for (int i = 0; i < rooms.Count; i++)
        {
            json.String(i == 0 ? default : ","u8, rooms[i].Room);
            json.Raw(":{"u8);
            JsonRoomEncoder.Start(ref json, rooms[i]);
            json.Raw("}"u8);
        }

        json.Raw("}"u8);
    }

    private static void Limits(ref JsonOutput json, WelcomeLimits limits)
    {
        json.Number(",\"limits\":{\"message\":"u8, limits.Message);
        json.Number(",\"rooms\":"u8, limits.Rooms);
        json.Number(",\"rate\":{\"messages\":"u8, limits.Rate);
        json.Number(",\"burst\":"u8, limits.Burst);
        json.Number("},\"state\":"u8, limits.State);
        json.Number(",\"name\":"u8, EnvelopeLimits.NameBytes);
        json.Number(",\"key\":"u8, EnvelopeLimits.KeyBytes);
        json.Number(",\"slot\":"u8, EnvelopeLimits.SlotBytes);
        json.Number(",\"depth\":"u8, EnvelopeLimits.DataDepth);
        json.Number(",\"history\":"u8, EnvelopeLimits.HistoryPage);
        json.Raw("}"u8);
    }
}
