using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres;

/// <summary>The commands of a program for its database: what stands behind the word "schema".</summary>
public static class SchemaCommand
{
    private const string Apply = "apply";
    private const string RenewEpochs = "renew-epochs";

    /// <summary>Whether there is a command of this name.</summary>
    public static bool IsKnown(string name) => name is Apply or RenewEpochs;

    /// <summary>Runs a command, and prints one line that says how it went.</summary>
    /// <param name="name">"apply" for the schema, "renew-epochs" after a backup was restored.</param>
    /// <param name="connectionString">For "apply", of a user who may create tables.</param>
    /// <param name="output">Where the line goes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What the program ends with: 0 for done, 1 for failed.</returns>
    public static async Task<int> RunAsync(
        string name, string connectionString, TextWriter output, CancellationToken cancel)
    {
        try
        {
            await output.WriteLineAsync(name switch
            {
                Apply => await ApplyAsync(connectionString, cancel),
                RenewEpochs => await RenewEpochsAsync(connectionString, cancel),
                _ => throw new ArgumentException($"there is no command \"schema {name}\"", nameof(name)),
            });
            return 0;
        }
        catch (Exception exception) when (exception is StoreException or ArgumentException)
        {
            await output.WriteLineAsync(Failure(name, exception.Message));
            return 1;
        }
    }

    /// <summary>The line that says why a command was not carried out.</summary>
    public static string Failure(string name, string why) =>
        $"the {(name == RenewEpochs ? "epochs were not renewed" : "schema was not applied")}: {why}";

    private static async Task<string> ApplyAsync(string connectionString, CancellationToken cancel)
    {
        await Schema.ApplyAsync(connectionString, cancel);
        return $"the schema is at version {Schema.Version}";
    }

    private static async Task<string> RenewEpochsAsync(string connectionString, CancellationToken cancel) =>
        $"the epochs of {await Schema.RenewEpochsAsync(connectionString, cancel)} feeds were renewed";
}
