using Npgsql;

namespace Switchboard.Storage.Postgres.Appending;

/// <summary>
/// Commits a batch in one statement, and so in one round trip and one transaction. An append whose feed has another head
/// or epoch adds nothing and takes nothing from the others.
/// </summary>
internal sealed class AppendStatement(NpgsqlDataSource connections)
{
    // Feeds are locked in order, so that two processes with the same feeds in a batch don't lock each other out. Whoever
    // waits for a lock looks at the head once more: under read committed, both the lock and the update check it again.
    private const string Text = """
        with asked as (
            select * from unnest($1::smallint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) with ordinality
                as a (kind, owner, epoch, after, head, place)),
        locked as materialized (
            select f.id, a.after, a.head, a.place::integer as place
            from asked a
            join switchboard_feeds f on f.kind = a.kind and f.owner = a.owner
            where f.epoch = a.epoch and f.head = a.after
            order by f.id
            for no key update of f),
        moved as (
            update switchboard_feeds f
            set head = l.head,
                floor = case when f.keep_count = 0 then l.head else f.floor end,
                trim_at = least(f.trim_at, $6)
            from locked l
            where f.id = l.id and f.head = l.after
            returning f.id, f.keep_count, l.place),
        added as (
            insert into switchboard_entries
                (feed, "offset", time, payload, payload_kind, class, slot, sender_user, sender_connection, except_sender)
            select m.id, e."offset", e.time, e.payload, e.payload_kind, e.class, e.slot, e.sender_user,
                e.sender_connection, e.except_sender
            from unnest($7::integer[], $8::bigint[], $9::bigint[], $10::bytea[], $11::smallint[], $12::smallint[],
                    $13::bytea[], $14::text[], $15::text[], $16::boolean[])
                as e (place, "offset", time, payload, payload_kind, class, slot, sender_user, sender_connection,
                    except_sender)
            join moved m on m.place = e.place
            where m.keep_count > 0
            on conflict (feed, slot) where slot is not null do update
            set "offset" = excluded."offset", time = excluded.time, payload = excluded.payload,
                payload_kind = excluded.payload_kind, class = excluded.class, sender_user = excluded.sender_user,
                sender_connection = excluded.sender_connection, except_sender = excluded.except_sender),
        remembered as (
            insert into switchboard_keys (feed, sender, key, "offset", time)
            select m.id, k.sender, k.key, k."offset", k.time
            from unnest($17::integer[], $18::text[], $19::bytea[], $20::bigint[], $21::bigint[])
                as k (place, sender, key, "offset", time)
            join moved m on m.place = k.place)
        select place from moved
        """;

    /// <summary>Says for each append whether it was done; false is a conflict.</summary>
    public async Task<bool[]> ExecuteAsync(List<PendingAppend> batch, long trimAt, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connections.CreateCommand(Text);
        new AppendColumns(batch, trimAt).AddTo(command.Parameters);
        var done = new bool[batch.Count];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            done[reader.GetInt32(0) - 1] = true;
        }

        return done;
    }
}
