namespace Switchboard.Cluster.Tests.Contract;

/// <summary>The cluster that all tests of the contract share.</summary>
[CollectionDefinition(Name)]
public sealed class ContractCluster : ICollectionFixture<ClusterHarness>
{
    public const string Name = "contract";
}
