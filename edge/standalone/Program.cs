using Switchboard.Gateway;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Standalone;
using Switchboard.Storage.Postgres;

if (args is [ApiKeyCommand.Switch])
{
    return ApiKeyCommand.Run(Console.Out);
}

SocketEngine.PreferInline();
return args is ["schema", var command, .. var rest] && SchemaCommand.IsKnown(command)
    ? await Startup.RunSchemaAsync(command, rest)
    : await Startup.RunAsync(args);
