using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Writes MessageEvent, which is hot, and HistoryEvent, which is made of them.</summary>
internal static class ProtoMessageEncoder
{
    private const int History = 7;
    private const int Message = 11;

    public static FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message) =>
        ProtoOutput.Write(output, id: 0, Message, message, Live);

    public static FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history) =>
        ProtoOutput.Write(output, history.Id, History, history, Page);

    private static void Live(scoped ref ProtoOutput output, in MessageEvent message)
    {
        output.Feed(message.Feed);
        Body(ref output, message.Message);
    }

    private static void Page(scoped ref ProtoOutput output, in HistoryEvent history)
    {
        output.Feed(history.Feed);
        output.Position(3, history.Head);
        output.Messages(4, history.Messages, Body);
        output.Boolean(5, history.More);
    }

    // What a message has besides its feed. MessageClass and its counterpart have the same numbers.
    private static void Body(scoped ref ProtoOutput output, in FeedMessage message)
    {
        output.Integer(3, message.Offset);
        if (message.FromUser is not null)
        {
            output.Message(4, message, Sender);
        }

        output.Integer(5, message.Time);
        output.Integer(6, (long)message.Class);
        if (message.Class == MessageClass.Latest)
        {
            output.Present(7, message.Slot);
        }

        output.Present(message.DataKind == DataKind.Json ? 8 : 9, message.Data.Span);
    }

    private static void Sender(scoped ref ProtoOutput output, in FeedMessage message)
    {
        output.Text(1, message.FromUser);
        output.Text(2, message.FromConnection);
    }
}
