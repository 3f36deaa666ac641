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
        foreach (JsonElement each in answer.RootElement.GetProperty("connections").EnumerateArray())
        {
            string id = each.GetProperty("connection").GetString()!;
            using JsonDocument? one = await api.GetAsync($"connection?connection={Uri.EscapeDataString(id)}", cancellationToken);

            // Null: it has ended meanwhile.
            if (one is not null)
            {
                found.Add(new UserConnection(
                    id,
                    one.RootElement.GetProperty("attached").GetBoolean(),
                    [.. one.RootElement.GetProperty("rooms").EnumerateArray().Select(static room => room.GetString()!)]));
            }
        }

        return found;
    }
}
