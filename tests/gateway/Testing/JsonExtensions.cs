using System.Text.Json;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>Short words for what the tests look up all the time.</summary>
internal static class JsonExtensions
{
    public static string Type(this JsonElement message) => message.GetProperty("type").GetString()!;

    public static string Text(this JsonElement message, string name) => message.GetProperty(name).GetString()!;

    public static long Number(this JsonElement message, string name) => message.GetProperty(name).GetInt64();

    public static void ShouldBeError(this JsonElement message, string code) =>
        Assert.True(message.Type() == "error" && message.Text("code") == code, $"expected {code}, got {message}");
}
