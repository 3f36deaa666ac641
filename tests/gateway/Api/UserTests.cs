using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Switchboard.Gateway.Api;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Tests.Identity.Tokens;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

/// <summary>What is for servers and operators, asked for by a user: every route that the description lists.</summary>
public sealed class UserTests
{
    private static readonly (string Key, string Hash) Server = ApiKey.Create(new Core.Identifiers.CryptoRandomSource());

    public static TheoryData<string, string> Operations()
    {
        TheoryData<string, string> operations = [];
        using JsonDocument description = JsonDocument.Parse(ApiDescription.Utf8);
        foreach (JsonProperty path in description.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                operations.Add(operation.Name.ToUpperInvariant(), path.Name.TrimStart('/'));
            }
        }

        return operations;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Route_WithAUsersToken_IsUnauthorizedHoweverItIsSent(string method, string path)
    {
        await using ApiHost api = await StartAsync();

        // A user that may do everything a user can.
        string token = TokenHost.Token("mallory");
        Action<HttpRequestMessage>[] ways =
        [
            request => request.Headers.Add("Authorization", $"Bearer {token}"),
            request => request.Headers.Add("X-Api-Key", token),
            request => request.RequestUri = new Uri($"{request.RequestUri}?token={token}&access_token={token}&user=mallory", UriKind.Relative),
            request => request.Headers.Add("Cookie", $"token={token}"),
            request =>
            {
                request.Headers.Add("Authorization", $"Bearer {token}");
                request.Headers.Add("X-Api-Key", token);
            },
            _ => { },
        ];
        foreach (Action<HttpRequestMessage> way in ways)
        {
            await ApiHost.FailsAsync(Call(api, method, path, way), 401, "unauthorized");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Route_WithAKeyWithoutItsRole_IsForbidden(string method, string path)
    {
        string role = RoleOf(method, path);
        await using ApiHost api = await ApiHost.StartAsync(options => options.Access.ApiKeys.Add(new ApiKeyOptions
        {
            Name = "others",
            Hash = Server.Hash,
            Roles = [.. Enum.GetValues<ApiKeyRole>().Where(one =>
                one != ApiKeyRole.Admin && !one.ToString().Equals(role, StringComparison.OrdinalIgnoreCase))],
        }));

        await ApiHost.FailsAsync(
            Call(api, method, path, request => request.Headers.Add("X-Api-Key", Server.Key)), 403, "forbidden");
    }

    private static string RoleOf(string method, string path)
    {
        using JsonDocument description = JsonDocument.Parse(ApiDescription.Utf8);
        return description.RootElement.GetProperty("paths").GetProperty($"/{path}").GetProperty(method.ToLowerInvariant())
            .GetProperty("x-role").GetString()!;
    }

    private static Task<(System.Net.HttpStatusCode Status, JsonElement)> Call(
        ApiHost api, string method, string path, Action<HttpRequestMessage> change) =>
        HttpMethods.IsGet(method) ? api.GetAsync(path, change) : api.PostAsync(path, "{}", change);

    // Keys and tokens both: a user's token must not pass for a key.
    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(options =>
    {
        options.Access.Tokens.Keys.Add(TestTokens.SecretOptions);
        options.Access.ApiKeys.Add(new ApiKeyOptions { Name = "server", Hash = Server.Hash, Roles = [ApiKeyRole.Admin] });
    });
}
