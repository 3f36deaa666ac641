using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Settings;

/// <summary>What this edge is.</summary>
internal sealed class NodeSettings
{
    /// <summary>What it is called; no two that run may be called the same. Empty for the machine's name and the port.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (Name.Length > 0 && Core.Identifiers.Name.Validate(Name) is { } problem)
        {
            yield return $"{nameof(Name)}: {problem}";
        }
    }
}
