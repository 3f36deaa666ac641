namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The cluster that all tests with clients share.</summary>
[CollectionDefinition(Name)]
public sealed class ClientCluster : ICollectionFixture<ClusterClientHarness>
{
    public const string Name = "clients";
}
