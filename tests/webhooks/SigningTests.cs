using Switchboard.Webhooks.Signing;
using Switchboard.Webhooks.Tests.Testing;

namespace Switchboard.Webhooks.Tests;

public sealed class SigningTests
{
    // The example of the reference libraries of Standard Webhooks.
    [Fact]
    public void Signature_OfTheSpecificationsExample_IsTheirs()
    {
        WebhookSigner signer = new(WebhookSecret.Read(new EndpointOptions { Secret = Secrets.Text }));

        string signature = signer.Sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAAA")]
    [InlineData("not base64 at all, but long enough to be a secret")]
    public void Secret_ThatIsNone_IsRefused(string secret) =>
        Assert.Throws<InvalidDataException>(() => WebhookSecret.Read(new EndpointOptions { Secret = secret }));
}
