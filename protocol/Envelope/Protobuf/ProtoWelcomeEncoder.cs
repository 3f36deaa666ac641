using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Writes WelcomeEvent.</summary>
internal static class ProtoWelcomeEncoder
{
    private const int Welcome = 2;

    public static FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome) =>
        ProtoOutput.Write(output, welcome.Id, Welcome, welcome, Body);

    private static void Body(scoped ref ProtoOutput output, in WelcomeEvent welcome)
    {
        output.Text(1, welcome.Connection);
        output.Text(2, welcome.User);
        output.Text(3, welcome.Resume);
        output.Boolean(4, welcome.Resumed);
        output.Message(5, welcome.UserFeed, ProtoRoomEncoder.FeedStart);
        output.Message(6, welcome.ConnectionFeed, ProtoRoomEncoder.FeedStart);
        if (welcome.Resumed)
        {
            output.Messages(7, welcome.Rooms, ProtoRoomEncoder.RoomStart);
        }

        output.Integer(8, welcome.HeartbeatInterval);
        output.Integer(9, welcome.HeartbeatTimeout);
        output.Integer(10, welcome.Grace);
        output.Message(11, welcome.Limits, Limits);
    }

    private static void Limits(scoped ref ProtoOutput output, in WelcomeLimits limits)
    {
        output.Integer(1, limits.Message);
        output.Integer(2, limits.Rooms);
        output.Integer(3, limits.Rate);
        output.Integer(4, limits.Burst);
        output.Integer(5, limits.State);
        output.Integer(6, EnvelopeLimits.NameBytes);
        output.Integer(7, EnvelopeLimits.KeyBytes);
        output.Integer(8, EnvelopeLimits.SlotBytes);
        output.Integer(9, EnvelopeLimits.DataDepth);
        output.Integer(10, EnvelopeLimits.HistoryPage);
    }
}
