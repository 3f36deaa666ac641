using Switchboard.Gateway;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Node;

if (args is [ApiKeyCommand.Switch])
{
    return ApiKeyCommand.Run(Console.Out);
}

SocketEngine.PreferInline();
return await Startup.RunAsync(args);
