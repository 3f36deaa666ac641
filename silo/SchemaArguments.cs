using Switchboard.Storage.Postgres;

namespace Switchboard.Silo;

/// <summary>The command "silo schema apply".</summary>
internal static class SchemaArguments
{
    /// <returns>The exit code: 0 when the schema was applied, 1 when not, 2 when the command is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["schema", "apply", ..])
        {
            await Console.Error.WriteLineAsync("usage: silo schema apply [--Switchboard:Cluster:ConnectionString=...]");
            return 2;
        }

        ConfigurationManager configuration = WebApplication.CreateBuilder(args[2..]).Configuration;
        try
        {
            ClusterSettings cluster = Settings.Read(configuration.GetSection(Settings.Section)).Cluster;
            if (cluster.ConnectionString is not { Length: > 0 } connectionString)
            {
                await Console.Error.WriteLineAsync("the schema was not applied: Switchboard:Cluster:ConnectionString is not set");
                return 2;
            }

            return await SchemaCommand.RunAsync(connectionString, Console.Out, CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            await Console.Error.WriteLineAsync($"the schema was not applied: {exception.Message}");
            return 2;
        }
    }
}
