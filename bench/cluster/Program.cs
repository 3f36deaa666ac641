using Switchboard.ClusterBench;

return args switch
{
    ["silo", var siloPort, var gatewayPort] => await BenchSilo.RunAsync(int.Parse(siloPort), int.Parse(gatewayPort)),
    ["publish", .. var rest] => await PublishRun.RunAsync(new Arguments(rest)),
    ["memory", .. var rest] => await MemoryRun.RunAsync(new Arguments(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: publish [--rooms 100] [--inflight 64] [--size 64] [--seconds 10] | memory [--connections 20000] [--rooms 2000]");
    return 2;
}
