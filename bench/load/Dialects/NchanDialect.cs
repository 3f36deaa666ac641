namespace Switchboard.Load.Dialects;

/// <summary>Nchan: a subscriber receives messages as they were published; a WebSocket publisher is told about the
/// channel once for each message, in order, which is its acknowledgement.</summary>
internal sealed class NchanDialect(Uri url, string room) : Dialect
{
    public override Greeting Connection(string user) => Member(user);

    public override Greeting Member(string user) => new(new Uri(url, $"/sub/{room}"));

    public override Greeting Publisher() => new(new Uri(url, $"/pub/{room}"));

    public override byte[] Publish(long id, ReadOnlySpan<byte> data) => data.ToArray();

    public override bool TryReadAcknowledgement(ReadOnlySpan<byte> record, out long? id)
    {
        id = null;
        return true;
    }
}
