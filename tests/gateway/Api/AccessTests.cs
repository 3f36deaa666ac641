using System.Text.Json;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

public sealed class AccessTests
{
    private const string Message = """{"room":"r","data":1}""";

    [Theory]
    [InlineData("http://evil.example", null)]
    [InlineData(null, "evil.example")]
    public async Task WithoutKeys_FromAWebPageOrByAnotherName_IsUnauthorized(string? origin, string? host)
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(
            api.PostAsync("publish", Message, request =>
            {
                request.Headers.Host = host ?? request.Headers.Host;
                if (origin is not null)
                {
                    request.Headers.Add("Origin", origin);
                }
            }),
            401,
            "unauthorized");
    }

    [Fact]
    public async Task WithoutKeys_DevelopmentOff_IsUnauthorized()
    {
        await using ApiHost api = await ApiHost.StartAsync(options => options.Access.DevelopmentIdentity = DevelopmentIdentity.Never);

        await ApiHost.FailsAsync(api.PostAsync("publish", Message), 401, "unauthorized");
        await ApiHost.FailsAsync(api.GetAsync("rooms"), 401, "unauthorized");
    }

    [Fact]
    public async Task WithKeys_EachRole_OpensItsOwnRoutesAlone()
    {
        Dictionary<ApiKeyRole, (string Key, string Hash)> made =
            Enum.GetValues<ApiKeyRole>().ToDictionary(role => role, _ => ApiKey.Create(new CryptoRandomSource()));
        Dictionary<ApiKeyRole, string> keys = made.ToDictionary(one => one.Key, one => one.Value.Key);
        await using ApiHost api = await ApiHost.StartAsync(options =>
        {
            foreach ((ApiKeyRole role, (string _, string hash)) in made)
            {
                options.Access.ApiKeys.Add(new ApiKeyOptions { Name = role.ToString(), Hash = hash, Roles = [role] });
            }
        });
        (ApiKeyRole Role, Func<Action<HttpRequestMessage>, Task<(System.Net.HttpStatusCode Status, JsonElement)>> Call)[] calls =
        [
            (ApiKeyRole.Publish, change => api.PostAsync("publish", Message, change)),
            (ApiKeyRole.Read, change => api.GetAsync("rooms", change)),
            (ApiKeyRole.Moderate, change => api.PostAsync("unban", """{"user":"ann"}""", change)),
            (ApiKeyRole.Issue, change => api.PostAsync("token", """{"user":"ann","seconds":60}""", change)),
        ];

        foreach ((ApiKeyRole role, string key) in keys)
        {
            foreach (var call in calls)
            {
                (System.Net.HttpStatusCode status, _) = await call.Call(request => request.Headers.Add("X-Api-Key", key));
                bool allowed = role == call.Role || role == ApiKeyRole.Admin;
                Assert.True(allowed ? (int)status is 200 or 204 or 409 : (int)status == 403, $"{role} on {call.Role}: {status}");
            }
        }

        await ApiHost.FailsAsync(api.PostAsync("publish", Message), 401, "unauthorized");
        await ApiHost.FailsAsync(
            api.PostAsync("publish", Message, request => request.Headers.Add("Authorization", $"Bearer {keys[ApiKeyRole.Publish][..^1]}")),
            401,
            "unauthorized");
        await ApiHost.OkAsync(api.PostAsync(
            "publish", Message, request => request.Headers.Add("Authorization", $"Bearer {keys[ApiKeyRole.Publish]}")));
    }

    [Fact]
    public async Task Requests_BeyondTheRateOfAKey_AreToldWhenToTryAgainAndOtherKeysAreNot()
    {
        (string Key, string Hash)[] keys = [ApiKey.Create(new CryptoRandomSource()), ApiKey.Create(new CryptoRandomSource())];
        await using ApiHost api = await ApiHost.StartAsync(options =>
        {
            options.Api.RequestsPerSecond = 1;
            options.Api.RequestBurst = 2;
            for (int i = 0; i < keys.Length; i++)
            {
                options.Access.ApiKeys.Add(new ApiKeyOptions { Name = $"{i}", Hash = keys[i].Hash, Roles = [ApiKeyRole.Read] });
            }
        });
        using Counters counters = new(api.Gateway);
        Task<(System.Net.HttpStatusCode Status, JsonElement)> Get(int key) =>
            api.GetAsync("rooms", request => request.Headers.Add("X-Api-Key", keys[key].Key));
        await ApiHost.OkAsync(Get(0));
        await ApiHost.OkAsync(Get(0));

        await ApiHost.FailsAsync(Get(0), 429, "too_fast");

        Assert.Equal(1, counters["limits"]);
        await ApiHost.OkAsync(Get(1));
        using HttpClient http = new() { BaseAddress = api.Gateway.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", keys[0].Key);
        using HttpResponseMessage told = await http.GetAsync(new Uri("/api/v1/rooms", UriKind.Relative), Limit.Token());
        Assert.Equal("1", told.Headers.RetryAfter?.ToString());
        api.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await ApiHost.OkAsync(Get(0));
    }

    [Fact]
    public async Task Token_Issued_LetsAClientInWithWhatItAllows()
    {
        await using ApiHost api = await ApiHost.StartAsync(options => options.Access.Tokens.Keys.Add(
            new TokenKeyOptions { Algorithm = TokenAlgorithm.HS256, Secret = new string('s', 64) }));

        JsonElement answer = await ApiHost.OkAsync(api.PostAsync(
            "token", """{"user":"ann","seconds":60,"caps":[{"rooms":"chat.*","allow":["join","publish"]}]}"""));
        await using TestClient ann = new(await api.Gateway.OpenAsync(
            $"/ws?token={answer.Text("token")}", options => options.AddSubProtocol("switchboard.v1.json")));

        Assert.Equal("ann", (await ann.ConnectAsync()).Text("user"));
        Assert.Equal("joined", (await ann.JoinAsync("chat.1")).Type());
        (await ann.JoinAsync("secret")).ShouldBeError("forbidden");
        await ApiHost.OkAsync(api.PostAsync("join", $$"""{"connection":"{{ann.Id}}","room":"secret"}"""));
        Assert.Equal("secret", (await ann.NextAsync("joined")).Text("room"));
        Assert.Equal("published", (await ann.PublishAsync("secret", "1")).Type());
    }

    [Theory]
    [InlineData("""{"user":"ann"}""")]
    [InlineData("""{"seconds":60}""")]
    [InlineData("""{"user":"ann","seconds":60,"caps":[null]}""")]
    [InlineData("""{"user":"ann","seconds":60,"caps":[{"rooms":"a","users":"b","allow":["send"]}]}""")]
    [InlineData("""{"user":"ann","seconds":60,"caps":[{"rooms":"a","allow":["send"]}]}""")]
    [InlineData("""{"user":"ann","seconds":60,"caps":[{"rooms":"a","allow":["fly"]}]}""")]
    [InlineData("""{"user":"ann","seconds":60,"caps":[{"rooms":"a","allow":[]}]}""")]
    [InlineData("""{"room":"r","seconds":60}""")]
    [InlineData("""{"room":"r","seconds":60,"allow":["join"],"caps":[]}""")]
    [InlineData("""{"user":"ann","seconds":60,"allow":["join"]}""")]
    public async Task Token_WrongBody_SaysWhatIsWrong(string body)
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.PostAsync("token", body), 400, "bad_field");
    }

    [Fact]
    public async Task Token_WithoutAKey_IsNotConfigured()
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.PostAsync("token", """{"user":"ann","seconds":60}"""), 409, "not_configured");
    }

    [Fact]
    public async Task OtherPort_ThanTheApisOwn_HasNothingThere()
    {
        await using ApiHost api = await ApiHost.StartAsync(options => options.Api.Url = "http://127.0.0.1:1");

        await ApiHost.FailsAsync(api.GetAsync("rooms"), 404, "not_found");
        await ApiHost.FailsAsync(api.GetAsync("openapi.json"), 404, "not_found");
    }
}
