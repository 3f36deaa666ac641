using System.Globalization;

namespace Switchboard.Node.Settings;

/// <summary>Where the program is configured to listen.</summary>
internal static class ListenAddress
{
    /// <summary>The name of an edge that was given none: its machine's, with the port, or the process where the port is any.</summary>
    public static string NameOf(IConfiguration configuration)
    {
        int port = All(configuration).Select(static address => PortOf(address)).FirstOrDefault(static port => port > 0);
        return port > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}#{Environment.ProcessId}");
    }

    private static IEnumerable<string> All(IConfiguration configuration) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }
            .Select(key => configuration[key])
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"]))
            .Where(static text => !string.IsNullOrEmpty(text))
            .SelectMany(static text => text!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // An URL, or a bare port. A host may be "*" or "+", which Uri does not read.
    private static int PortOf(string address)
    {
        string text = address.TrimEnd('/');
        text = text[(text.LastIndexOf(':') + 1)..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : 0;
    }
}
