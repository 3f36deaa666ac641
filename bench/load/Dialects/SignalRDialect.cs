using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Switchboard.Load.Dialects;

/// <summary>SignalR's JSON hub protocol over a WebSocket without negotiation: records end with 0x1E, and several may
/// share a message.</summary>
internal sealed class SignalRDialect(Uri url, string room) : Dialect
{
    private const char End = '\x1e';
    private const int Completion = 3;

    // The server closes a client that was silent for 30 seconds.
    public override ReadOnlySpan<byte> KeepAlive => "{\"type\":6}\u001e"u8;

    public override Greeting Connection(string user) =>
        new Greeting(url, Separator: (byte)End).Then($$"""{"protocol":"json","version":1}{{End}}""", "{}");

    public override Greeting Member(string user) => Connection(user).Then(
        $$"""{"type":1,"invocationId":"join","target":"Join","arguments":["{{room}}"]}{{End}}""",
        "\"join\"");

    public override Greeting Publisher() => Connection("publisher");

    public override byte[] Publish(long id, ReadOnlySpan<byte> data)
    {
        var text = Encoding.ASCII.GetString(data);
        return Encoding.ASCII.GetBytes(
            $$"""{"type":1,"invocationId":"{{id}}","target":"Publish","arguments":["{{room}}","{{text}}"]}{{End}}""");
    }

    public override bool TryReadAcknowledgement(ReadOnlySpan<byte> record, out long? id)
    {
        id = null;
        var reader = new Utf8JsonReader(record);
        var completed = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                completed = reader.GetInt32() == Completion;
            }
            else if (reader.ValueTextEquals("invocationId"u8))
            {
                reader.Read();
                id = long.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                Refused(record);
            }
        }

        return completed;
    }
}
