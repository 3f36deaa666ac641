using System.Runtime.InteropServices;
using Switchboard.Cli;
using Switchboard.Cli.Commands;
using Switchboard.Cli.Output;

long stopped = 0;
using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, new Terminal(), stop.Token);

// The first signal ends the command; a later one, where that takes long, the process. Who stops a whole group of processes may
// send it twice at once.
void Stop(PosixSignalContext context)
{
    long now = Environment.TickCount64;
    long first = Interlocked.CompareExchange(ref stopped, now, 0);
    context.Cancel = first == 0 || now - first < 1000;
    stop.Cancel();
}
