namespace Switchboard.Gateway.Limits;

/// <summary>How scopes and kinds are called among the counters.</summary>
internal static class LimitNames
{
    private static readonly string[] Scopes = Lower(Enum.GetNames<LimitScope>());
    private static readonly string[] Kinds = Lower(Enum.GetNames<LimitKind>());

    public static string Of(LimitScope scope) => Scopes[(int)scope];

    public static string Of(LimitKind kind) => Kinds[(int)kind];

    private static string[] Lower(string[] names) => [.. names.Select(static name => name.ToLowerInvariant())];
}
