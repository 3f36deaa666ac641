using System.Globalization;
using System.Reflection;
using Orleans;
using Switchboard.Grains;

namespace Switchboard.Cluster.Tests.Approved;

/// <summary>
/// All that nodes of different releases have to agree on, a line each: grains, methods, types with their members, and
/// values of enumerations. What stands behind a # is for readers, and may change.
/// </summary>
internal static class ContractText
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types =
        [.. typeof(GrainInterfaces.Contract).Assembly.GetTypes().Concat(typeof(GrainOptions).Assembly.GetTypes())];

    private static readonly Dictionary<Type, Type> Surrogates = Types
        .SelectMany(type => type.GetInterfaces())
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConverter<,>))
        .Select(type => type.GetGenericArguments())
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly WireName Names = new(Surrogates);

    public static IEnumerable<Type> Interfaces => Types.Where(
        type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)));

    public static IEnumerable<Type> Serialized => Types.Where(
        type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    public static string Version => $"version {GrainInterfaces.Contract.Version}";

    /// <summary>The lines in an order that only changes where they do.</summary>
    public static string[] Lines() =>
    [
        Version,
        .. Types.SelectMany(GrainLines)
            .Concat(Interfaces.SelectMany(InterfaceLines))
            .Concat(Serialized.SelectMany(TypeLines))
            .Concat(Enumerations().SelectMany(EnumerationLines))
            .Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<MemberInfo> MembersOf(Type type) => type.GetMembers(All)
        .Where(member => member.IsDefined(typeof(IdAttribute)));

    private static IEnumerable<string> GrainLines(Type type) => type.GetCustomAttribute<GrainTypeAttribute>() is { } grain
        ? [$"grain {Encoded(grain)} # {type.Name}"]
        : [];

    // The attribute keeps its name to itself.
    private static string Encoded(GrainTypeAttribute grain) => grain.GetGrainType(null!, null!).ToString()!;

    private static IEnumerable<string> InterfaceLines(Type type)
    {
        string name = Names.Of(type);
        yield return $"interface {name} {KeyOf(type)} # {type.Name}";
        foreach (MethodInfo method in type.GetMethods())
        {
            string parameters = string.Join(", ", method.GetParameters().Select(one => Names.Of(one.ParameterType)));
            string? timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout?.ToString();
            yield return $"method {name} {WireName.AliasOf(method)}({parameters}) {Names.Of(method.ReturnType)} "
                + $"# {method.Name}, answered within {timeout ?? "the default"}";
        }
    }

    private static string KeyOf(Type type) =>
        type.GetInterfaces().First(one => one.Name.StartsWith("IGrain", StringComparison.Ordinal)).Name;

    private static IEnumerable<string> TypeLines(Type type)
    {
        string name = Names.Of(type);
        yield return $"type {name} {(type.IsValueType ? "struct" : "class")} # {type.Name}";
        foreach (MemberInfo member in MembersOf(type))
        {
            uint id = member.GetCustomAttribute<IdAttribute>()!.Id;
            yield return $"member {name} {id.ToString("00", CultureInfo.InvariantCulture)} "
                + $"{Names.Of(TypeOf(member))} # {member.Name}";
        }
    }

    private static Type TypeOf(MemberInfo member) =>
        member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    private static IEnumerable<Type> Enumerations() => Serialized
        .SelectMany(MembersOf).Select(TypeOf)
        .Concat(Interfaces.SelectMany(type => type.GetMethods()).SelectMany(PartsOf))
        .Select(type => type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type)
        .Where(type => type.IsEnum)
        .Distinct();

    private static IEnumerable<Type> PartsOf(MethodInfo method) =>
        method.GetParameters().Select(one => one.ParameterType).Concat(method.ReturnType.GetGenericArguments());

    private static IEnumerable<string> EnumerationLines(Type type) => Enum.GetValues(type).Cast<object>()
        .Select(value => $"enum {type.Name} {Convert.ToInt64(value, CultureInfo.InvariantCulture)} {value}");
}
