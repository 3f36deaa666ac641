using System.Text;
using System.Text.Json;

namespace Switchboard.Load.Dialects;

/// <summary>switchboard.v1.json. The publisher is a member, as it must be, and asks for no echo of its own.</summary>
internal sealed class SwitchboardDialect(Uri url, string room) : Dialect
{
    // Connect and join have used the first ones.
    private const int IdOffset = 3;

    public override Greeting Connection(string user) =>
        new Greeting(new Uri($"{url}?user={user}"), "switchboard.v1.json")
            .Then("""{"type":"connect","id":1}""", "\"welcome\"");

    public override Greeting Member(string user) =>
        Connection(user).Then($$"""{"type":"join","id":2,"room":"{{room}}"}""", "\"joined\"");

    public override Greeting Publisher() => Member("publisher");

    public override byte[] Publish(long id, ReadOnlySpan<byte> data)
    {
        var text = Encoding.ASCII.GetString(data);
        return Encoding.ASCII.GetBytes(
            $$"""{"type":"publish","id":{{id + IdOffset}},"room":"{{room}}","data":"{{text}}","echo":false}""");
    }

    public override bool TryReadAcknowledgement(ReadOnlySpan<byte> record, out long? id)
    {
        id = null;
        var reader = new Utf8JsonReader(record);
        var published = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                published = reader.ValueTextEquals("published"u8);
                if (reader.ValueTextEquals("error"u8))
                {
                    Refused(record);
                }
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.GetInt64() - IdOffset;
            }
        }

        return published;
    }
}
