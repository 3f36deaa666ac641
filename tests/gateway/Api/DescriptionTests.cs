using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Api;
using Switchboard.Gateway.Api.Routes;

namespace Switchboard.Gateway.Tests.Api;

/// <summary>The description is kept by hand: it must say what the code does.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task Description_Served_IsOpenApi()
    {
        await using ApiHost api = await ApiHost.StartAsync();

        JsonElement served = await ApiHost.OkAsync(api.GetAsync("openapi.json"));

        Assert.Equal(("3.1.0", "/api/v1"), (served.GetProperty("openapi").GetString(), served.GetProperty("servers")[0].GetProperty("url").GetString()));
    }

    [Fact]
    public async Task Description_Paths_AreTheRoutesWithTheirRoles()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        IReadOnlyList<ApiRoute> routes = api.Gateway.Services.GetRequiredService<ApiServer>().Routes;

        string[] described =
        [
            .. Description().GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
                operation => $"{operation.Name} {path.Name} {operation.Value.GetProperty("x-role").GetString()}")),
        ];

        Assert.Equal(
            routes.Select(route => $"{route.Method} {route.Path} {route.Role}".ToLowerInvariant()).Order(),
            described.Order());
    }

    [Fact]
    public void Description_Schemas_HaveTheFieldsOfTheBodies()
    {
        Dictionary<string, JsonElement> schemas =
            Description().GetProperty("components").GetProperty("schemas").EnumerateObject().ToDictionary(one => one.Name, one => one.Value);

        foreach ((string name, JsonElement schema) in schemas)
        {
            JsonTypeInfo type = TypeOf(name);
            Assert.Equal(
                type.Properties.Select(property => property.Name).Order(),
                schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
        }

        Type[] bodies =
        [
            .. typeof(ApiServer).Assembly.GetTypes().Where(type =>
                type is { IsAbstract: false, Namespace: "Switchboard.Gateway.Api.Requests" or "Switchboard.Gateway.Api.Answers" }
                && !type.Name.StartsWith('<')),
        ];
        Assert.Equal(bodies.Select(type => type.Name).Append(nameof(ProblemBody)).Order(), schemas.Keys.Order());
    }

    [Fact]
    public void Description_References_LeadSomewhere()
    {
        JsonElement description = Description();
        HashSet<string> known = [.. description.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(one => one.Name)];

        foreach (string reference in References(description))
        {
            Assert.Contains(reference["#/components/schemas/".Length..], known);
        }
    }

    private static JsonElement Description() => JsonDocument.Parse(ApiDescription.Utf8).RootElement;

    private static JsonTypeInfo TypeOf(string schema)
    {
        Type type = typeof(ApiServer).Assembly.GetTypes().Single(type => type.Name == schema);
        return ApiJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{schema} is no body");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
