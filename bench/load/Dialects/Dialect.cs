using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Switchboard.Load.Dialects;

/// <summary>One system's words for joining a room and publishing there.</summary>
internal abstract class Dialect
{
    /// <summary>How a connection named <paramref name="user"/> gets ready, without joining anything.</summary>
    public abstract Greeting Connection(string user);

    /// <summary>How a member that receives gets ready.</summary>
    public abstract Greeting Member(string user);

    /// <summary>How the publisher, which receives nothing but acknowledgements, gets ready.</summary>
    public abstract Greeting Publisher();

    /// <summary>What a member that only receives has to send every 25 seconds; empty where silence is fine.</summary>
    public virtual ReadOnlySpan<byte> KeepAlive => default;

    /// <summary>One publish of <paramref name="data"/>, which is plain ASCII.</summary>
    public abstract byte[] Publish(long id, ReadOnlySpan<byte> data);

    /// <summary>Whether <paramref name="record"/> acknowledges a publish. The <paramref name="id"/> is null where the
    /// system's acknowledgements carry none and come in order. Throws when a publish was refused.</summary>
    public abstract bool TryReadAcknowledgement(ReadOnlySpan<byte> record, out long? id);

    /// <summary>The dialect called <paramref name="kind"/>, for <paramref name="room"/> at <paramref
    /// name="url"/>.</summary>
    public static Dialect Of(string kind, Uri url, string room) => kind switch
    {
        "switchboard" => new SwitchboardDialect(url, room),
        "signalr" => new SignalRDialect(url, room),
        "nchan" => new NchanDialect(url, room),
        _ => throw new LoadException("--kind is switchboard, signalr or nchan"),
    };

    [DoesNotReturn]
    protected static void Refused(ReadOnlySpan<byte> record) =>
        throw new LoadException($"a publish was refused: {Encoding.UTF8.GetString(record)}");
}
