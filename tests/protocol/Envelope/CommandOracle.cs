using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Tests.Envelope;

/// <summary>Reads a valid command with System.Text.Json and compares it with what the codec read.</summary>
internal static class CommandOracle
{
    public static void AssertSame(string json, Decoded command)
    {
        Assert.Null(command.Error);
        using var document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        Assert.Equal(Text(root, "type"), command.Type.ToString(), ignoreCase: true);
        Assert.Equal(root.TryGetProperty("id", out JsonElement id) ? id.GetInt64() : 0, command.Id);
        if (command.Type is CommandType.Connect or CommandType.Join or CommandType.Refresh)
        {
            Assert.Equal(root.TryGetProperty("token", out JsonElement secret) ? secret.GetString() : null, command.Token);
        }

        if (command.Type is not (CommandType.Connect or CommandType.Send or CommandType.Ping))
        {
            Assert.Equal(Text(root, "room"), command.Room);
        }

        switch (command.Type)
        {
            case CommandType.Connect:
                Assert.Equal(
                    root.TryGetProperty("resume", out JsonElement token) ? token.GetString() : null, command.Resume);
                Assert.Equal(root.TryGetProperty("turn", out JsonElement turn) ? turn.GetInt64() : 0, command.Turn);
                AssertPositions(root, command.Positions);
                break;
            case CommandType.Join:
                Assert.Equal(Position(root, "position"), command.Position);
                Assert.Equal(
                    root.TryGetProperty("presence", out JsonElement wanted) && wanted.GetBoolean(), command.Presence);
                AssertState(root, command);
                break;
            case CommandType.Publish or CommandType.Send:
                AssertMessage(root, command);
                break;
            case CommandType.History:
                AssertHistory(root, command);
                break;
            case CommandType.State:
                AssertState(root, command);
                break;
        }
    }

    private static void AssertMessage(JsonElement root, Decoded command)
    {
        if (command.Type == CommandType.Send)
        {
            Assert.Equal(Text(root, "user"), command.User);
            Assert.Equal(Text(root, "connection"), command.Connection);
        }
        else
        {
            Assert.Equal(!root.TryGetProperty("echo", out JsonElement echo) || echo.GetBoolean(), command.Echo);
        }

        string messageClass = Text(root, "class");
        Assert.Equal(messageClass.Length == 0 ? "reliable" : messageClass, command.Class.ToString(), ignoreCase: true);
        Assert.Equal(Text(root, "slot"), command.Slot);
        Assert.Equal(Text(root, "key"), command.Key);
        if (command.DataKind == DataKind.Json)
        {
            Assert.Equal(root.GetProperty("data").GetRawText(), Encoding.UTF8.GetString(command.Data));
        }
    }

    private static void AssertHistory(JsonElement root, Decoded command)
    {
        string feed = Text(root, "feed");
        Assert.Equal(feed.Length == 0 ? "room" : feed, command.Feed.ToString(), ignoreCase: true);
        Assert.Equal(Position(root, "after") ?? Position(root, "before"), command.Position);
        bool newest = Text(root, "order") == "newest" || root.TryGetProperty("before", out _);
        Assert.Equal(newest, command.NewestFirst);
        Assert.Equal(root.TryGetProperty("limit", out JsonElement limit) ? limit.GetInt32() : 50, command.Limit);
    }

    private static void AssertState(JsonElement root, Decoded command)
    {
        bool some = root.TryGetProperty("state", out JsonElement state) && state.ValueKind != JsonValueKind.Null;
        Assert.Equal(some ? state.GetRawText() : string.Empty, Encoding.UTF8.GetString(command.State));
    }

    private static void AssertPositions(JsonElement root, ConnectPositions? positions)
    {
        if (!root.TryGetProperty("positions", out JsonElement expected))
        {
            Assert.Null(positions);
            return;
        }

        Assert.NotNull(positions);
        Assert.Equal(Position(expected, "user"), positions.User);
        Assert.Equal(Position(expected, "connection"), positions.Connection);
        var rooms = expected.TryGetProperty("rooms", out JsonElement byName)
            ? byName.EnumerateObject().ToDictionary(room => room.Name, room => ToPosition(room.Value))
            : [];
        Assert.Equal(rooms, positions.Rooms.ToDictionary());
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString()! : string.Empty;

    private static FeedPosition? Position(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? ToPosition(value) : null;

    public static FeedPosition ToPosition(JsonElement value) => new(
        Convert.ToUInt64(value.GetProperty("epoch").GetString(), 16),
        value.GetProperty("offset").GetInt64());
}
