namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>One API key as the configuration knows it: by its hash, so that who reads the configuration can't use it.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>What the key is called in logs: 1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The SHA-256 of the key's text: 64 hexadecimal digits, as <see cref="ApiKey.Create"/> gives them.</summary>
    public string Hash { get; set; } = string.Empty;

    /// <summary>What its holder may do; at least one.</summary>
    public IList<ApiKeyRole> Roles { get; set; } = [];

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (Name.Length is 0 or > 64 || !Name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            yield return $"{nameof(Name)} must have 1 to 64 letters, digits, '-', '_' or '.'";
        }

        if (!ApiKey.TryParseHash(Hash, out _))
        {
            yield return $"{nameof(Hash)} must be 64 hexadecimal digits; make a key and its hash with {ApiKeyCommand.Switch}";
        }

        if (Roles.Count == 0 || Roles.Any(static role => !Enum.IsDefined(role)))
        {
            yield return $"{nameof(Roles)} must name at least one of {string.Join(", ", Enum.GetNames<ApiKeyRole>())}";
        }
    }
}
