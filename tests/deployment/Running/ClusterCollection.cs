namespace Switchboard.Deployment.Tests.Running;

/// <summary>The tests that share <see cref="RunningCluster"/>.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<RunningCluster>
{
    /// <summary>How they name it.</summary>
    public const string Name = "running cluster";
}
