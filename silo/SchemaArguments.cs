using Switchboard.Hosting;
using Switchboard.Storage.Postgres;

namespace Switchboard.Silo;

/// <summary>The commands "silo schema apply" and "silo schema renew-epochs".</summary>
internal static class SchemaArguments
{
    /// <returns>The exit code: 0 when it was done, 1 when not, 2 when the command is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["schema", var command, ..] || !SchemaCommand.IsKnown(command))
        {
            await Console.Error.WriteLineAsync("usage: silo schema apply|renew-epochs [--Switchboard:Cluster:ConnectionString=...]");
            return 2;
        }

        try
        {
            ConfigurationManager configuration = WebApplication.CreateBuilder(args[2..]).Configuration;
            ClusterSettings cluster = Settings.Read(configuration.GetSection(Settings.Section)).Cluster;
            if (cluster.ConnectionString is not { Length: > 0 } connectionString)
            {
                await Console.Error.WriteLineAsync(
                    SchemaCommand.Failure(command, "Switchboard:Cluster:ConnectionString is not set"));
                return 2;
            }

            return await SchemaCommand.RunAsync(command, connectionString, Console.Out, CancellationToken.None);
        }
        catch (Exception exception) when (ProgramRun.IsExpected(exception))
        {
            await Console.Error.WriteLineAsync(SchemaCommand.Failure(command, ProgramRun.Describe(exception)));
            return 2;
        }
    }
}
