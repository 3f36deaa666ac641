using System.Diagnostics;

namespace Switchboard.Load.Attacks;

/// <summary>An attacker in a process of its own.</summary>
internal sealed class AttackerProcess : IDisposable
{
    private readonly Process _process;

    public AttackerProcess(Attack attack)
    {
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(AttackerProcess).Assembly.Location, "attacker", "--attack", attack.Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        ReadLine();
    }

    public int Pid => _process.Id;

    /// <summary>Attacks whatever listens on a port, until <see cref="Stop"/>.</summary>
    public void Start(int port) => _process.StandardInput.WriteLine(port);

    public AttackerTally Stop()
    {
        _process.StandardInput.WriteLine();
        return AttackerTally.Parse(ReadLine());
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine() ?? throw new LoadException("the attacker's process has ended");
}
