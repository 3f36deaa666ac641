using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>The command of the programs that makes an API key.</summary>
public static class ApiKeyCommand
{
    /// <summary>The command, as the first argument.</summary>
    public const string Switch = "--new-api-key";

    /// <summary>Prints a new key, which is kept nowhere, and the hash that goes into the configuration.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output)
    {
        (string key, string hash) = ApiKey.Create(new CryptoRandomSource());
        output.WriteLine($"key  {key}");
        output.WriteLine($"hash {hash}");
        return 0;
    }
}
