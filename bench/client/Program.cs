using Switchboard.Client.Bench;

BenchOptions options = BenchOptions.Read(args);
await using StandaloneServer server = await StandaloneServer.StartAsync();
foreach (bool echo in new[] { false, true })
{
    PublishResult result = await PublishRun.RunAsync(server.Address, options, echo);
    Console.WriteLine(
        $"{(echo ? "echo" : "no echo"),-8} {result.PerSecond,10:N0} messages/s   {result.BytesPerMessage,6:N1} bytes allocated/message   {result.Messages:N0} messages, {result.CpuMicroseconds:N2} µs of processor each");
}
