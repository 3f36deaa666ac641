using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>
/// Short runs of the fault driver, which holds the delivery contract against every message, while nodes die. The full size
/// is in deploy/faults.sh.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class FaultTests(RunningCluster cluster)
{
    private const string Load = "--rooms 40 --connections 200 --rate 400";

    // Of the driver's table: nobody was told to try again.
    private const string NoErrors = "errors that may pass    0";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Driver = Checkout.Program("bench/faults", "Switchboard.Faults");

    private readonly ClusterScript _script = cluster.Script;

    [Fact]
    public async Task Silo_KilledUnderLoad_LosesNothingOfDurableRooms()
    {
        await using RunningProgram load = await StartAsync(
            $"{Load} --seconds 15 --room-prefix durable: --no-disconnects --max-stall 10");

        await _script.RunAsync("kill silo 2");
        await _script.RunAsync("start silo 2");

        await HeldAsync(load);
    }

    [Fact]
    public async Task Silos_RestartedInTurn_LoseNothingOfDurableRooms()
    {
        await using RunningProgram load = await StartAsync(
            $"{Load} --seconds 25 --room-prefix durable: --no-disconnects --max-stall 10");

        await _script.RunAsync("roll");

        await HeldAsync(load);
    }

    [Fact]
    public async Task Edge_Killed_IsRecoveredFromOnTheOther_AndWhoDoesNotComeBackLeaves()
    {
        await using RunningProgram load = await StartAsync(
            "--rooms 20 --connections 100 --rate 200 --seconds 8 --settle 20 --watch 2 --abandon 20 --max-leave 15");

        await _script.RunAsync("kill edge 1");
        await _script.RunAsync("start edge 1");

        await HeldAsync(load);
    }

    [Fact]
    public async Task Postgres_KilledAndStartedAgain_HoldsUpDurableRoomsAlone()
    {
        await using RunningProgram durable = await StartAsync(
            "--rooms 20 --connections 100 --rate 200 --seconds 12 --room-prefix durable: --no-disconnects");
        await using RunningProgram memory = await StartAsync(
            "--rooms 20 --connections 100 --rate 200 --seconds 12 --no-disconnects --max-stall 3");

        await _script.RunAsync("kill postgres");
        int down = Seconds(durable.Output);
        await durable.SaysAsync("that three seconds have passed", output => Seconds(output) >= down + 3);
        await _script.RunAsync("start postgres");

        await HeldAsync(durable);
        await HeldAsync(memory);
        Assert.DoesNotContain(NoErrors, durable.Output, StringComparison.Ordinal);
        Assert.Contains(NoErrors, memory.Output, StringComparison.Ordinal);
    }

    // Returns when everybody is in their room, and publishes.
    private async Task<RunningProgram> StartAsync(string arguments)
    {
        string edges = $"ws://127.0.0.1:{_script.EdgePort(1)},ws://127.0.0.1:{_script.EdgePort(2)}";
        RunningProgram load = RunningProgram.StartDotnet(
            Driver, ["--edges", edges, .. arguments.Split(' ')]);
        await load.SaysAsync("that it has published for two seconds", output => Seconds(output) >= 2);
        return load;
    }

    // A line a second, once all are ready.
    private static int Seconds(string output)
    {
        int ready = output.IndexOf("ready: ", StringComparison.Ordinal);
        return ready < 0 ? 0 : output[ready..].Count(letter => letter == '\n') - 1;
    }

    private static async Task HeldAsync(RunningProgram load)
    {
        int exitCode = await load.EndAsync(Patience);
        Assert.True(exitCode == 0, load.Output);
    }
}
