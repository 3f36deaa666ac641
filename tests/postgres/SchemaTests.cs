using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class SchemaTests(ServerFixture fixture)
{
    [Fact]
    public async Task Apply_TwiceAndByManyAtOnce_IsDoneOnce()
    {
        string database = await fixture.Server.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Schema.ApplyAsync(database, CancellationToken.None)));
        await Schema.ApplyAsync(database, CancellationToken.None);

        await Schema.CheckAsync(database, CancellationToken.None);
        Assert.Equal(1, await QueryAsync<long>(database, "select count(*) from switchboard_schema"));
        Assert.Equal(13, await QueryAsync<long>(database, "select count(*) from orleansquery"));
    }

    [Fact]
    public async Task Apply_OverAFormerSchema_KeepsTheFeeds()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(Some.Room, 1));
        await ExecuteAsync(rig.ConnectionString, "update switchboard_schema set version = 0");

        await Schema.ApplyAsync(rig.ConnectionString, CancellationToken.None);

        await Schema.CheckAsync(rig.ConnectionString, CancellationToken.None);
        StoredFeed loaded = await rig.LoadAsync(Some.Room);
        Assert.Equal([1], loaded.Offsets());
    }

    [Fact]
    public async Task Check_WithoutASchema_SaysHowToApplyOne()
    {
        string database = await fixture.Server.CreateDatabaseAsync();

        StoreException none = await Assert.ThrowsAsync<StoreException>(
            () => Schema.CheckAsync(database, CancellationToken.None));

        Assert.Equal(
            "the database has no schema of Switchboard yet; apply it with the command \"schema apply\"", none.Message);
    }

    [Fact]
    public async Task Check_OfAnOlderSchema_NamesBothVersions()
    {
        string database = await CreateAsync(version: 0);

        StoreException old = await Assert.ThrowsAsync<StoreException>(
            () => Schema.CheckAsync(database, CancellationToken.None));

        Assert.Equal(
            $"the database's schema is too old: it has version 0, needed is {Schema.Version}; "
            + "apply it with the command \"schema apply\"",
            old.Message);
    }

    [Fact]
    public async Task CheckAndApply_OfANewerSchema_SayThatTheProgramIsOlder()
    {
        string database = await CreateAsync(version: Schema.Version + 1);

        StoreException check = await Assert.ThrowsAsync<StoreException>(
            () => Schema.CheckAsync(database, CancellationToken.None));
        StoreException apply = await Assert.ThrowsAsync<StoreException>(
            () => Schema.ApplyAsync(database, CancellationToken.None));

        Assert.StartsWith("this program is older than the database's schema", check.Message, StringComparison.Ordinal);
        Assert.Equal(check.Message, apply.Message);
        Assert.Equal(Schema.Version + 1, await QueryAsync<int>(database, "select version from switchboard_schema"));
    }

    [Fact]
    public async Task Command_PrintsOneLine()
    {
        string database = await fixture.Server.CreateDatabaseAsync();
        var output = new StringWriter();

        int good = await SchemaCommand.RunAsync("apply", database, output, CancellationToken.None);
        int bad = await SchemaCommand.RunAsync("apply", "Host=x", output, CancellationToken.None);

        Assert.Equal((0, 1), (good, bad));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"the schema is at version {Schema.Version}", lines[0].TrimEnd());
        Assert.StartsWith("the schema was not applied: the connection string has no Database", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task RenewEpochs_OfARestoredDatabase_EndsEveryPositionAndKeepsTheLog()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        FeedId[] feeds = [Some.Room, Some.Feed("another")];
        foreach (FeedId feed in feeds)
        {
            await rig.LoadAsync(feed);
            await rig.AppendOkAsync(Some.Append(feed, 1).WithKey("key"));
        }

        var output = new StringWriter();
        int first = await SchemaCommand.RunAsync("renew-epochs", rig.ConnectionString, output, CancellationToken.None);
        Epoch once = (await rig.LoadAsync(Some.Room)).Epoch;
        int second = await SchemaCommand.RunAsync("renew-epochs", rig.ConnectionString, output, CancellationToken.None);
        StoredFeed room = await rig.LoadAsync(feeds[0]);
        StoredFeed another = await rig.LoadAsync(feeds[1]);

        Assert.Equal((0, 0), (first, second));
        Assert.StartsWith("the epochs of 2 feeds were renewed", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, new[] { Some.Epoch, once, room.Epoch, another.Epoch }.Distinct().Count());
        foreach (StoredFeed feed in new[] { room, another })
        {
            Assert.Equal([1], feed.Offsets());
            Assert.Equal(["key"], feed.Keys());
        }

        // Who still has the feed as it was can't write to it.
        Assert.Equal(StoreStatus.Conflict, await rig.AppendAsync(Some.Append(Some.Room, 2)));
        await rig.AppendOkAsync(Some.Append(Some.Room, 2) with { Epoch = room.Epoch });
    }

    [Fact]
    public async Task RenewEpochs_WithoutASchema_SaysWhatToDo()
    {
        var output = new StringWriter();

        int exitCode = await SchemaCommand.RunAsync(
            "renew-epochs", await fixture.Server.CreateDatabaseAsync(), output, CancellationToken.None);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "the epochs were not renewed: the database has no schema of Switchboard yet; "
            + "apply it with the command \"schema apply\"",
            output.ToString().TrimEnd());
    }

    private static async Task<T> QueryAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> CreateAsync(int version)
    {
        string database = await fixture.Server.CreateDatabaseAsync();
        await Schema.ApplyAsync(database, CancellationToken.None);
        await ExecuteAsync(database, $"update switchboard_schema set version = {version}");
        return database;
    }
}
