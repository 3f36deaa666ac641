namespace Switchboard.Client.InMemory;

/// <summary>A client's connection, which outlives its links.</summary>
internal sealed class InMemoryConnection(string id, string user)
{
    public string Id { get; } = id;

    public string User { get; } = user;

    public string ResumeToken { get; } = $"{id}.{Guid.NewGuid():n}";

    /// <summary>Its own feed.</summary>
    public InMemoryFeed Feed { get; } = new();

    /// <summary>What carries it; null while it is away.</summary>
    public InMemoryLink? Link { get; set; }
}
