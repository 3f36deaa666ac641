using System.CommandLine;
using Switchboard.Cli.Connecting;
using Switchboard.Client;

namespace Switchboard.Cli.Commands;

/// <summary>The options that every command has: where the server is, and who comes.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string?> _url = new("--url")
    {
        Description = "The server: http, https, ws or wss. [env SWITCHBOARD_URL, else http://127.0.0.1:8080]",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The token that says who you are. [env SWITCHBOARD_TOKEN]",
        HelpName = "TOKEN",
        Recursive = true,
    };

    private readonly Option<string?> _user = new("--user")
    {
        Description = "Your name, for a server in development; not with a token. [the name of the account]",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<string> _transport = new("--transport")
    {
        Description = "The way to the server: auto tries them one after another.",
        HelpName = "auto|websocket|sse|long-polling",
        DefaultValueFactory = static _ => "auto",
        Recursive = true,
    };

    /// <summary>Makes them known to all commands below one.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(_url);
        root.Options.Add(_token);
        root.Options.Add(_user);
        root.Options.Add(_transport);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="UsageException">Something of it is wrong.</exception>
    public Server Read(ParseResult parsed)
    {
        string url = parsed.GetValue(_url) ?? FromEnvironment("SWITCHBOARD_URL") ?? "http://127.0.0.1:8080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new UsageException($"--url must be like https://play.example, not '{url}'");
        }

        string? token = parsed.GetValue(_token) ?? FromEnvironment("SWITCHBOARD_TOKEN");
        string? user = parsed.GetValue(_user);
        return new Server(
            address, token, token is null ? user ?? DefaultUser() : user, ReadTransports(parsed.GetValue(_transport)!));
    }

    /// <summary>The value of an environment variable; null where it is empty.</summary>
    public static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string DefaultUser() => Environment.UserName is { Length: > 0 } name ? name : "cli";

    private static TransportKind[] ReadTransports(string name) => name switch
    {
        "auto" => [TransportKind.WebSocket, TransportKind.ServerSentEvents, TransportKind.LongPolling],
        "websocket" => [TransportKind.WebSocket],
        "sse" => [TransportKind.ServerSentEvents],
        "long-polling" => [TransportKind.LongPolling],
        _ => throw new UsageException($"--transport must be auto, websocket, sse or long-polling, not '{name}'"),
    };
}
