using Switchboard.Testing.Postgres;

namespace Switchboard.Deployment.Tests.Programs;

/// <summary>A PostgreSQL server with passwords, for the programs that are started here.</summary>
public sealed class Database : IAsyncLifetime
{
    /// <summary>The server, with an empty database of its own.</summary>
    public PostgresServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Server = await PostgresServer.CreateAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Server.DisposeAsync();
}
