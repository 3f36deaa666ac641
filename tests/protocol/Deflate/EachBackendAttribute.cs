using System.Reflection;
using Xunit.Sdk;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>Runs a theory on the runtime's zlib (true) and on the managed fallback (false).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachBackendAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[true], [false]];
}
