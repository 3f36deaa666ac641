using Switchboard.Gateway;
using Switchboard.Standalone;

SocketEngine.PreferInline();
return await Startup.RunAsync(args);
