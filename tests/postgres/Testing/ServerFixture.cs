using Switchboard.Testing.Postgres;

namespace Switchboard.Storage.Postgres.Tests.Testing;

/// <summary>One server for all tests that don't stop it; each has a database of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.CreateAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
