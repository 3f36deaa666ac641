using System.Text.Json;

namespace Switchboard.ClientContract.Harness;

/// <summary>Short words for what the tests look up all the time.</summary>
public static class JsonExtensions
{
    /// <summary>The type of an event.</summary>
    public static string Type(this JsonElement what) => what.Text("type");

    /// <summary>A field that is a string.</summary>
    public static string Text(this JsonElement what, string name) => what.GetProperty(name).GetString()!;

    /// <summary>A field that is an integer.</summary>
    public static long Number(this JsonElement what, string name) => what.GetProperty(name).GetInt64();

    /// <summary>Whether a field is there.</summary>
    public static bool Has(this JsonElement what, string name) => what.TryGetProperty(name, out _);
}
