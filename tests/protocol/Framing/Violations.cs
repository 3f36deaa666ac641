using System.Reflection;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

internal static class Violations
{
    /// <summary>Every violation that the protocol names.</summary>
    public static IReadOnlyList<ProtocolViolation> All { get; } =
    [
        .. typeof(ProtocolViolation)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(ProtocolViolation))
            .Select(field => (ProtocolViolation)field.GetValue(null)!),
    ];
}
