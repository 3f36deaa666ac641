using System.Reflection;

namespace Switchboard.Client.Tests.Surface;

/// <summary>What an assembly offers, one line for each type and member, in the words of names alone.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(type => type.GetMembers(Declared).Select(member => $"{type} {Describe(member)}").Prepend(Describe(type)));

    private static string Describe(Type type) =>
        $"{type} : {type.BaseType} {string.Join(' ', type.GetInterfaces().Select(one => $"{one}").Order(StringComparer.Ordinal))}";

    private static string Describe(MemberInfo member) => member switch
    {
        MethodBase method => $"{method} ({string.Join(", ", method.GetParameters().Select(Describe))})",
        FieldInfo { IsLiteral: true } constant => $"{constant} = {constant.GetRawConstantValue()}",
        _ => $"{member.MemberType} {member}",
    };

    private static string Describe(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? $"{parameter.Name} = {parameter.DefaultValue}" : $"{parameter.Name}";
}
