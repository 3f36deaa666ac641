using Switchboard.Gateway;
using Switchboard.Standalone;
using Switchboard.Storage.Postgres;

SocketEngine.PreferInline();
return args is ["schema", var command, .. var rest] && SchemaCommand.IsKnown(command)
    ? await Startup.RunSchemaAsync(command, rest)
    : await Startup.RunAsync(args);
