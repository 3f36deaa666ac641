namespace Switchboard.Storage.Postgres;

/// <summary>The command of a program that applies the schema.</summary>
public static class SchemaCommand
{
    /// <summary>Applies the schema and prints one line that says how it went.</summary>
    /// <param name="connectionString">Of a user who may create tables.</param>
    /// <param name="output">Where the line goes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What the program ends with: 0 for done, 1 for failed.</returns>
    public static async Task<int> RunAsync(string connectionString, TextWriter output, CancellationToken cancel)
    {
        try
        {
            await Schema.ApplyAsync(connectionString, cancel);
            await output.WriteLineAsync($"the schema is at version {Schema.Version}");
            return 0;
        }
        catch (Exception exception) when (exception is StoreException or ArgumentException)
        {
            await output.WriteLineAsync($"the schema was not applied: {exception.Message}");
            return 1;
        }
    }
}
