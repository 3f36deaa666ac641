using System.Globalization;
using Spectre.Console;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Bench;

/// <summary>Shows how a benchmark gets on, where there is a terminal to show it on.</summary>
internal static class BenchDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a benchmark, and shows it meanwhile.</summary>
    public static async Task<BenchReport> ShowAsync(Terminal terminal, BenchRun run, CancellationToken cancellationToken)
    {
        if (!terminal.CanMove)
        {
            return await run.RunAsync(cancellationToken);
        }

        return await terminal.Display.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask connecting = context.AddTask("connecting", maxValue: run.Options.Connections);
                ProgressTask publishing = context.AddTask("publishing", maxValue: run.Options.Publishes);
                ProgressTask receiving = context.AddTask("receiving", maxValue: Deliveries(run));
                Task<BenchReport> running = run.RunAsync(cancellationToken);
                while (!running.IsCompleted)
                {
                    Show(run, connecting, publishing, receiving);
                    await Task.WhenAny(running, Task.Delay(Interval, CancellationToken.None));
                }

                Show(run, connecting, publishing, receiving);
                return await running;
            });
    }

    private static void Show(BenchRun run, ProgressTask connecting, ProgressTask publishing, ProgressTask receiving)
    {
        BenchCounts counts = run.Counts;
        connecting.Value = counts.Connected;
        connecting.Description = $"connecting {Count(counts.Connected)}";
        publishing.Value = counts.Acknowledged;
        publishing.Description = $"publishing {Count(counts.Acknowledged)}";
        receiving.Value = counts.Delivered;
        receiving.Description = $"receiving  {Count(counts.Delivered)}";
    }

    private static double Deliveries(BenchRun run) => (double)run.Options.Publishes * run.Options.Connections / run.Options.Rooms;

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
