using Switchboard.Gateway;
using Switchboard.Node;

SocketEngine.PreferInline();
return await Startup.RunAsync(args);
