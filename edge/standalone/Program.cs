using Switchboard.Gateway;
using Switchboard.Standalone;

SocketEngine.PreferInline();
return args is ["schema", "apply", .. var rest]
    ? await Startup.ApplySchemaAsync(rest)
    : await Startup.RunAsync(args);
