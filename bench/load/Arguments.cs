using System.Globalization;

namespace Switchboard.Load;

/// <summary>The options of a subcommand: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> _given = [];

    /// <summary>The words that belong to no option.</summary>
    public IReadOnlyList<string> Words { get; }

    public Arguments(IEnumerable<string> arguments)
    {
        var words = new List<string>();
        string? option = null;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                option = argument[2..];
                _given[option] = null;
            }
            else if (option is not null)
            {
                _given[option] = argument;
                option = null;
            }
            else
            {
                words.Add(argument);
            }
        }

        Words = words;
    }

    public bool Switch(string name)
    {
        if (!_given.Remove(name, out var value))
        {
            return false;
        }

        return value is null ? true : throw new LoadException($"--{name} takes no value");
    }

    public string Text(string name, string? fallback = null)
    {
        _given.Remove(name, out var value);
        return value ?? fallback ?? throw new LoadException($"--{name} is missing");
    }

    public int Number(string name, int? fallback, int least, int most)
    {
        var text = Text(name, fallback?.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new LoadException($"--{name} is a number from {least} to {most}");
    }

    public double Seconds(string name, double fallback, double least, double most = 25)
    {
        var text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new LoadException($"--{name} is {least} to {most} seconds");
    }

    /// <summary>The server's address, by number, as in <c>ws://127.0.0.1:5000/echo</c>.</summary>
    public Uri Url() => ParseUrl("url", Text("url"));

    /// <summary>One to <paramref name="most"/> addresses, with commas between them.</summary>
    public IReadOnlyList<Uri> Urls(string name, int most)
    {
        var urls = Text(name).Split(',').Select(each => ParseUrl(name, each)).ToList();
        return urls.Count <= most ? urls : throw new LoadException($"--{name} takes {most} addresses at most");
    }

    public int Pid() => Number("pid", null, 1, int.MaxValue);

    /// <summary>Throws when an option was given that nothing asked for.</summary>
    public void Finish()
    {
        if (_given.Count > 0)
        {
            throw new LoadException($"unknown: --{string.Join(", --", _given.Keys)}");
        }
    }

    private static Uri ParseUrl(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "ws"
            && url.HostNameType == UriHostNameType.IPv4
            ? url
            : throw new LoadException($"--{name} is like ws://127.0.0.1:5000/echo");
}
