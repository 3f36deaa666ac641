using Npgsql;

namespace Switchboard.Storage.Postgres.Trimming;

/// <summary>Connections that were kept while no socket held them, and of which nobody knows since their silo died.</summary>
internal static class StaleSessions
{
    // Twice the longest grace period: whoever could still be resumed is not among them.
    private const string Delete = """
        delete from orleansstorage
        where ctid = any (array(
            select ctid from orleansstorage
            where graintypestring = 'switchboard.session' and modifiedon < now() - interval '2 hours'
            limit $1))
        """;

    /// <summary>Deletes some of them.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> when none is left.</returns>
    public static async Task<int> DeleteAsync(NpgsqlDataSource connections, int limit, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connections.CreateCommand(Delete);
        command.Parameters.AddWithValue(limit);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
