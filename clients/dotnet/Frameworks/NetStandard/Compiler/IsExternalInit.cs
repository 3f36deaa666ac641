namespace System.Runtime.CompilerServices;

/// <summary>Marks <c>init</c>.</summary>
internal static class IsExternalInit;
