using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class HandshakeKeyTests
{
    [Fact]
    public void Accept_ExampleOfTheRfc_IsTheRfcs()
    {
        // RFC 6455 §1.3.
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.Accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    [Fact]
    public void Accept_AnyKey_IsTheHashOfKeyAndGuid()
    {
        Prop.ForAll(Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(16).ToArbitrary(), nonce =>
        {
            string key = Convert.ToBase64String(nonce);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            hash.AppendData(Encoding.UTF8.GetBytes(key));
            hash.AppendData(Encoding.UTF8.GetBytes("258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
            string expected = Convert.ToBase64String(hash.GetHashAndReset());
            return HandshakeKey.IsValid(key) && HandshakeKey.Accept(key) == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", true)]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEC==", true)]
    [InlineData("++++++++++//////////+/==", true)]
    [InlineData("", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ= ", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ===", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZWE=", false)]
    [InlineData("dGhlIHNhbXBsZSBub25j", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZWFh", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZWFhYQ==", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZ===", false)]
    [InlineData("dGhl=HNhbXBsZSBub25jZQ==", false)]
    [InlineData("dGhl-HNhbXBsZSBub25jZ_==", false)]
    [InlineData("dGhl HNhbXBsZSBub25jZQ==", false)]
    [InlineData("dGhléHNhbXBsZSBub25jZQ==", false)]
    public void IsValid_Key_IsBase64OfSixteenBytes(string key, bool valid) =>
        Assert.Equal(valid, HandshakeKey.IsValid(key));
}
