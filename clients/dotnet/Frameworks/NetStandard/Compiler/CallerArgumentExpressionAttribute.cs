namespace System.Runtime.CompilerServices;

/// <summary>Is given the text of an argument.</summary>
/// <param name="parameterName">The argument's parameter.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
{
    public string ParameterName { get; } = parameterName;
}
