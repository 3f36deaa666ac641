using Switchboard.Storage.Postgres;

namespace Switchboard.Standalone;

/// <summary>Where durable rooms are kept.</summary>
internal sealed class StoreSettings
{
    /// <summary>The PostgreSQL database; empty for none, then no kind of rooms may be durable.</summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>How it is used.</summary>
    public PostgresFeedStoreOptions Options { get; set; } = new();

    /// <summary>Whether there is one.</summary>
    public bool IsConfigured => ConnectionString.Length > 0;
}
