namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>A client refused a command, with one of its error codes.</summary>
internal sealed class DriverException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code => code;
}
