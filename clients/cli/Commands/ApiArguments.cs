using System.CommandLine;
using Switchboard.Cli.Api;

namespace Switchboard.Cli.Commands;

/// <summary>The option of the commands that go over the HTTP API.</summary>
internal sealed class ApiArguments(ServerArguments server)
{
    private readonly Option<string?> _key = new("--api-key")
    {
        Description = "The API key. [env SWITCHBOARD_API_KEY; none on a developer's machine]",
        HelpName = "KEY",
    };

    public void AddTo(Command command) => command.Options.Add(_key);

    public ApiClient Open(ParseResult parsed) => new(
        server.Read(parsed).Url, parsed.GetValue(_key) ?? ServerArguments.FromEnvironment("SWITCHBOARD_API_KEY"));
}
