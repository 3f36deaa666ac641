using System.Buffers.Binary;
using System.Text;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope;

/// <summary>What the codec made of a message, copied out of its buffers.</summary>
internal sealed record Decoded
{
    private static readonly JsonEnvelopeCodec Json = new();

    /// <summary>The error; null when there is a command.</summary>
    public ErrorEvent? Error { get; private init; }

    public CommandType Type { get; private init; }

    public long Id { get; private init; }

    public string Room { get; private init; } = string.Empty;

    public string User { get; private init; } = string.Empty;

    public string Connection { get; private init; } = string.Empty;

    public byte[] Data { get; private init; } = [];

    public DataKind DataKind { get; private init; }

    public MessageClass Class { get; private init; }

    public string Slot { get; private init; } = string.Empty;

    public string Key { get; private init; } = string.Empty;

    public bool Echo { get; private init; }

    public bool Presence { get; private init; }

    public byte[] State { get; private init; } = [];

    public FeedPosition? Position { get; private init; }

    public FeedScope Feed { get; private init; }

    public bool NewestFirst { get; private init; }

    public int Limit { get; private init; }

    public string? Resume { get; private init; }

    public ConnectPositions? Positions { get; private init; }

    public long Turn { get; private init; }

    public string? Token { get; private init; }

    /// <summary>Decodes a text message.</summary>
    public static Decoded From(string json) => From(Encoding.UTF8.GetBytes(json), FrameKind.Text);

    /// <summary>Decodes a binary message of a header and a payload.</summary>
    public static Decoded FromBinary(string header, params byte[] payload) =>
        From(Frame(header, payload), FrameKind.Binary);

    public static byte[] Frame(string header, byte[] payload)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)json.Length);
        return [.. length, .. json, .. payload];
    }

    public static Decoded From(byte[] message, FrameKind frame, IEnvelopeCodec? codec = null)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        bool decoded = (codec ?? Json).TryDecode(message, frame, scratch, out Command command, out ErrorEvent error);
        if (!decoded)
        {
            Assert.Equal(CommandType.None, command.Type);
            return new Decoded { Error = error };
        }

        Assert.Equal(default, error);
        return new Decoded
        {
            Type = command.Type,
            Id = command.Id,
            Room = Encoding.UTF8.GetString(command.Room),
            User = Encoding.UTF8.GetString(command.User),
            Connection = Encoding.UTF8.GetString(command.Connection),
            Data = command.Data.ToArray(),
            DataKind = command.DataKind,
            Class = command.Class,
            Slot = Encoding.UTF8.GetString(command.Slot),
            Key = Encoding.UTF8.GetString(command.Key),
            Echo = command.Echo,
            Presence = command.Presence,
            State = command.State.ToArray(),
            Position = command.Position,
            Feed = command.Feed,
            NewestFirst = command.NewestFirst,
            Limit = command.Limit,
            Resume = command.Resume,
            Positions = command.Positions,
            Turn = command.Turn,
            Token = command.Token,
        };
    }
}
