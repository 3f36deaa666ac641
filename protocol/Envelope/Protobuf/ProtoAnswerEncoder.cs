using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Writes the short answers.</summary>
internal static class ProtoAnswerEncoder
{
    private const int Published = 5;
    private const int Sent = 6;
    private const int Ok = 9;
    private const int Pong = 10;
    private const int Lost = 13;
    private const int Error = 14;
    private const int Expiring = 15;

    public static FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published) => ProtoOutput.Write(
        output, published.Id, Published, published, static (scoped ref ProtoOutput output, in PublishedEvent published) =>
        {
            output.Text(1, published.Room);
            Accepted(ref output, 2, published.Position, published.Duplicate);
        });

    public static FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent) => ProtoOutput.Write(
        output, sent.Id, Sent, sent, static (scoped ref ProtoOutput output, in SentEvent sent) =>
            Accepted(ref output, 1, sent.Position, sent.Duplicate));

    public static FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok) => ProtoOutput.Write(
        output, ok.Id, Ok, ok, static (scoped ref ProtoOutput _, in OkEvent _) => { });

    public static FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong) => ProtoOutput.Write(
        output, pong.Id, Pong, pong, static (scoped ref ProtoOutput output, in PongEvent pong) =>
            output.Integer(1, pong.Time));

    public static FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost) => ProtoOutput.Write(
        output, id: 0, Lost, lost, static (scoped ref ProtoOutput output, in LostEvent lost) =>
        {
            output.Feed(lost.Feed);
            output.Position(3, lost.Position);
        });

    public static FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error) => ProtoOutput.Write(
        output, error.Id, Error, error, static (scoped ref ProtoOutput output, in ErrorEvent error) =>
        {
            output.Text(1, error.Code);
            output.Text(2, error.Message);
            output.Boolean(3, error.Retry);
            output.Optional(4, error.Room);
            output.Integer(5, error.RetryAfter);
        });

    public static FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring) => ProtoOutput.Write(
        output, id: 0, Expiring, expiring, static (scoped ref ProtoOutput output, in ExpiringEvent expiring) =>
        {
            output.Optional(1, expiring.Room);
            output.Integer(2, expiring.Seconds);
        });

    private static void Accepted(scoped ref ProtoOutput output, int number, FeedPosition? position, bool duplicate)
    {
        if (position is { } known)
        {
            output.Position(number, known);
        }

        output.Boolean(number + 1, duplicate);
    }
}
