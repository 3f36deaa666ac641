using System.Reflection;
using Orleans;

namespace Switchboard.Cluster.Tests.Approved;

/// <summary>What types are called between nodes: by their alias, or by their surrogate's.</summary>
internal sealed class WireName(IReadOnlyDictionary<Type, Type> surrogates)
{
    public string Of(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } value => $"{Of(value)}?",
        { IsArray: true } => $"{Of(type.GetElementType()!)}[]",
        { IsGenericType: true } => GenericName(type),
        _ => AliasOf(type) ?? AliasOf(surrogates.GetValueOrDefault(type)) ?? type.Name,
    };

    public static string? AliasOf(MemberInfo? member) => member?.GetCustomAttribute<AliasAttribute>()?.Alias;

    private string GenericName(Type type)
    {
        string name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
