using System.Net.Sockets;
using System.Text.Json;
using Switchboard.Load;
using Switchboard.Load.Attacks;
using Switchboard.Load.Compare;
using Switchboard.Load.Echo;
using Switchboard.Load.Fanout;
using Switchboard.Load.Idle;
using Switchboard.Load.Publish;
using Switchboard.Load.Slow;

const string Usage = "echo|idle|fanout|slow|publish|compare|attacks with options: bench/README.md lists them";
var json = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
try
{
    var arguments = new Arguments(args);
    return arguments.Words switch
    {
        ["echo"] => Print(Run(EchoOptions.From, EchoRun.Run)),
        ["idle"] => Print(Run(IdleOptions.From, IdleRun.Run)),
        ["fanout"] => Print(Run(FanoutOptions.From, FanoutRun.Run)),
        ["slow"] => Print(Run(SlowOptions.From, SlowRun.Run)),
        ["publish"] => Print(Run(PublishOptions.From, PublishRun.Run)),
        ["compare", ..] => Run(CompareOptions.From, CompareRun.Run),
        ["attacks"] => Run(AttackOptions.From, AttackRun.Run),
        ["attacker"] => Run(read => AttackList.Find(read.Text("attack")), AttackerProgram.Run),
        ["sink"] => Run(SinkOptions.From, Sink.Run),
        _ => throw new LoadException(Usage),
    };

    TResult Run<TOptions, TResult>(Func<Arguments, TOptions> read, Func<TOptions, TResult> run)
    {
        var options = read(arguments);
        arguments.Finish();
        return run(options);
    }

    int Print<TResult>(TResult result)
    {
        Console.WriteLine(JsonSerializer.Serialize(result, json));
        return 0;
    }
}
catch (Exception exception) when (exception is LoadException or SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
