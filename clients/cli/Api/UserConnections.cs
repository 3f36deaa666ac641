using System.Text.Json;

namespace Switchboard.Cli.Api;

/// <summary>Asks for the connections of a user, and for the rooms of each.</summary>
internal static class UserConnections
{
    /// <exception cref="CliException">The API refused, or can't be reached.</exception>
    public static async Task<IReadOnlyList<UserConnection>> ReadAsync(
        ApiClient api, string user, CancellationToken cancellationToken)
    {
        using JsonDocument? answer = await api.GetAsync($"user?user={Uri.EscapeDataString(user)}", cancellationToken);
        if (answer is null)
        {
            return [];
        }

        List<UserConnection> found = [];
        foreach (string id in api.Read(answer, static user => Texts(user, "connections", static each => each.GetProperty("connection"))))
        {
            using JsonDocument? one = await api.GetAsync($"connection?connection={Uri.EscapeDataString(id)}", cancellationToken);

            // Null: it has ended meanwhile.
            if (one is not null)
            {
                found.Add(api.Read(one, connection => new UserConnection(
                    id, connection.GetProperty("attached").GetBoolean(), Texts(connection, "rooms", static room => room))));
            }
        }

        return found;
    }

    private static string[] Texts(JsonElement what, string name, Func<JsonElement, JsonElement> which) =>
        [.. what.GetProperty(name).EnumerateArray().Select(each => which(each).GetString()!)];
}
