using Switchboard.Load.Compare;

namespace Switchboard.Load.Attacks;

/// <summary>Which attacks are run, each for how long, and on what. <paramref name="Server"/> is a command line in which
/// <c>{url}</c> stands for the server's address.</summary>
internal sealed record AttackOptions(IReadOnlyList<Attack> Attacks, string Server, double Seconds, bool Check)
{
    private const string Arguments =
        "--urls {url} --Switchboard:Gateway:Limits:PerAddress:Loopback=true --Logging:LogLevel:Default=Warning";

    public static AttackOptions From(Arguments arguments)
    {
        var root = arguments.Text("root", Environment.CurrentDirectory);
        var only = arguments.Text("only", "all");
        IReadOnlyList<Attack> attacks = [.. AttackList.All.Where(attack => only == "all" || attack.Name == only)];
        if (attacks.Count == 0)
        {
            throw new LoadException($"--only is one of {string.Join(", ", AttackList.All.Select(attack => attack.Name))}");
        }

        return new AttackOptions(
            attacks,
            arguments.Text("server", $"dotnet {Contenders.Built(root, Contenders.Ours)} {Arguments}"),
            arguments.Seconds("seconds", 5, 1),
            arguments.Switch("check"));
    }
}
