using Switchboard.Silo;

return args is ["schema", ..]
    ? await SchemaArguments.RunAsync(args)
    : await Startup.RunAsync(args);
