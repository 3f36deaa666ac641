using Npgsql;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class ConnectingTests(ServerFixture fixture)
{
    [Fact]
    public async Task Check_OfAGoodDatabase_Returns()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);

        await rig.Store.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Check_WithAWrongPassword_SaysSoAndDoesNotShowIt()
    {
        string message = await CheckAsync(settings => settings.Password = "sesame");

        Assert.StartsWith("wrong password for database \"switchboard\" at 127.0.0.1:", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfADatabaseThatIsNotThere_SaysSo()
    {
        string message = await CheckAsync(settings => settings.Database = "nowhere");

        Assert.StartsWith("there is no database \"nowhere\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WhereNothingListens_SaysSo()
    {
        string message = await CheckAsync(settings => settings.Port = 1);

        Assert.StartsWith("can't reach database \"switchboard\" at 127.0.0.1:1 ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithoutASchema_SaysSo()
    {
        string empty = await fixture.Server.CreateDatabaseAsync();

        string message = await CheckAsync(
            settings => settings.Database = new NpgsqlConnectionStringBuilder(empty).Database);

        Assert.StartsWith("the database has no schema", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=x;Username=y;Password=sesame;nonsense", "the connection string can't be read")]
    [InlineData("Host=db;Database=x;Username=y;Password=sesame;Sesam=sesame", "the connection string can't be read")]
    [InlineData("Host=db;Database=x;Username=y;Password=sesame;Port=sesame", "the connection string can't be read")]
    [InlineData("Database=x;Username=y;Password=sesame", "the connection string has no Host")]
    [InlineData("Host=db;Username=y;Password=sesame", "the connection string has no Database")]
    [InlineData("Host=db;Database=x;Password=sesame", "the connection string has no Username")]
    [InlineData("", "the connection string has no Host")]
    public void Store_WithAWrongConnectionString_SaysWhatIsWrong(string connectionString, string start)
    {
        using StorageMetrics metrics = new(new NoMeters());

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new PostgresFeedStore(
            connectionString, new PostgresFeedStoreOptions(), TimeProvider.System, metrics));

        Assert.StartsWith(start, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Store_WithOptionsOutOfBounds_NamesThemAll()
    {
        using StorageMetrics metrics = new(new NoMeters());
        var options = new PostgresFeedStoreOptions
        {
            Timeout = TimeSpan.Zero,
            BackOff = TimeSpan.FromSeconds(-1),
            MaxBatchAppends = 0,
            MaxBatchBytes = 0,
            MaxWaitingBytes = 0,
            MaxConnections = 1,
            TrimPeriod = TimeSpan.Zero,
        };

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new PostgresFeedStore(
            "Host=db;Database=x;Username=y", options, TimeProvider.System, metrics));

        Assert.Equal(7, options.Validate().Count());
        Assert.All(options.Validate(), problem => Assert.Contains(problem, wrong.Message, StringComparison.Ordinal));
        Assert.Empty(new PostgresFeedStoreOptions().Validate());
    }

    private async Task<string> CheckAsync(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.Server.ConnectionString);
        change(settings);
        using StorageMetrics metrics = new(new NoMeters());
        await using var store = new PostgresFeedStore(
            settings.ConnectionString, new PostgresFeedStoreOptions(), TimeProvider.System, metrics);
        StoreException failed = await Assert.ThrowsAsync<StoreException>(() => store.CheckAsync(CancellationToken.None));
        Assert.DoesNotContain('\n', failed.Message);
        return failed.Message;
    }
}
