using System.Diagnostics;
using Switchboard.Load.Measuring;

namespace Switchboard.Load.Tests.Measuring;

public sealed class ProcessProbeTests
{
    [Fact]
    public void CpuSecondsAndResidentBytes_OfThisProcess_AgreeWithTheBaseLibrary()
    {
        using var process = Process.GetCurrentProcess();
        var probe = new ProcessProbe(Environment.ProcessId);
        var before = process.TotalProcessorTime.TotalSeconds;
        var cpu = probe.CpuSeconds();
        process.Refresh();

        Assert.InRange(cpu, before - 0.02, process.TotalProcessorTime.TotalSeconds + 0.02);
        Assert.InRange(probe.ResidentBytes(), process.WorkingSet64 / 2, process.WorkingSet64 * 2);
    }

    [Fact]
    public void Constructor_NoSuchProcess_Throws() =>
        Assert.Throws<LoadException>(() => new ProcessProbe(int.MaxValue));
}
