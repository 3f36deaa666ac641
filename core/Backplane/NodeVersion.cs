using System.Reflection;

namespace Switchboard.Core.Backplane;

/// <summary>What version a program is of.</summary>
public static class NodeVersion
{
    /// <summary>The version that an assembly was built as, without what the build adds behind a plus sign.</summary>
    public static string Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? string.Empty;
        return version.Split('+')[0];
    }
}
