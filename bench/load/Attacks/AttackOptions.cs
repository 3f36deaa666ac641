using Switchboard.Load.Compare;

namespace Switchboard.Load.Attacks;

/// <summary>Which attacks are run, each for how long, and on what. <paramref name="Server"/> is a command line in which
/// <c>{url}</c> stands for the server's address.</summary>
internal sealed record AttackOptions(IReadOnlyList<Attack> Attacks, string Server, double Seconds, int Rounds, bool Check)
{
    private const string Arguments =
        "--urls {url} --Switchboard:Gateway:Limits:PerAddress:Loopback=true --Logging:LogLevel:Default=Warning";

    public static AttackOptions From(Arguments arguments)
    {
        var root = arguments.Text("root", Environment.CurrentDirectory);
        var only = arguments.Text("only", "all");
        return new AttackOptions(
            only == "all" ? AttackList.All : [AttackList.Find(only)],
            arguments.Text("server", $"dotnet {Contenders.Built(root, Contenders.Ours)} {Arguments}"),
            arguments.Seconds("seconds", 3, 1),
            arguments.Number("rounds", 5, 1, 100),
            arguments.Switch("check"));
    }
}
