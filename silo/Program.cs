using Switchboard.Silo;

return await SiloProgram.RunAsync(args);
