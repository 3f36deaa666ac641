using System.Runtime.InteropServices;
using Switchboard.Cli;
using Switchboard.Cli.Commands;
using Switchboard.Cli.Output;

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, new Terminal(), stop.Token);

// The first signal ends the command; a second one, where that takes long, the process.
void Stop(PosixSignalContext context)
{
    if (!stop.IsCancellationRequested)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
