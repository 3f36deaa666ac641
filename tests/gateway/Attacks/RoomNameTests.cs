using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Names of rooms that look like others, or that would mean something elsewhere.</summary>
public sealed class RoomNameTests
{
    private const string Public = """{"rooms":"public:*","allow":["join","publish","history"]}""";

    [Theory]
    [InlineData("Public:x")]
    [InlineData("\uFF50ublic:x")]
    [InlineData("p\u0443blic:x")]
    [InlineData("publi\u0441:x")]
    [InlineData("public\uFF1Ax")]
    [InlineData("\u200Bpublic:x")]
    [InlineData(" public:x")]
    [InlineData("../public:x")]
    [InlineData("secret")]
    [InlineData("secret#public:x")]
    [InlineData("*")]
    public async Task Name_ThatLooksLikeAnAllowedOne_IsForbidden(string room)
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", Public));

        (await ann.JoinAsync(room)).ShouldBeError("forbidden");
        (await ann.PublishAsync(room, "1")).ShouldBeError("not_joined");
    }

    [Theory]
    [InlineData("public:../secret", "secret")]
    [InlineData("public:%2e%2e/secret", "public:../secret")]
    [InlineData("public:caf\u00e9", "public:cafe\u0301")]
    [InlineData("public:a", "public:\u0430")]
    [InlineData("public:x", "public:X")]
    [InlineData("public:x", "public:x ")]
    public async Task Names_ThatDifferInAByte_AreTwoRooms(string one, string other)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.JoinAsync(one);
        await bob.JoinAsync(other);

        await ann.PublishAsync(one, "\"for one\"");
        await bob.PublishAsync(other, "\"for the other\"");
        JsonElement heard = await bob.NextAsync("message");

        Assert.Equal("for the other", heard.Text("data"));
        Assert.Equal(other, heard.Text("room"));
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("a\\nb")]
    [InlineData("a\\r\\nX: y")]
    [InlineData("\\u001b[31m")]
    [InlineData("a\\u007f")]
    [InlineData("a\\u0085")]
    [InlineData("\\ud800")]
    [InlineData("")]
    public async Task Name_WithControlCharacters_IsRefused(string room)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");

        (await ann.JoinAsync(room)).ShouldBeError("bad_name");
    }
}
