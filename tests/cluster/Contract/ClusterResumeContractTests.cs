using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterResumeContractTests(ClusterHarness harness) : ResumeContract(harness);
