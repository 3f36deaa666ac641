using System.Net;
using System.Text;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Tests.Transports;

public sealed class HttpFailuresTests
{
    [Theory]
    [InlineData("application/problem+json", """{"status":409,"code":"out_of_order","detail":"Number 4 is missing."}""", "409: out_of_order: Number 4 is missing.")]
    [InlineData("application/problem+json", """{"detail":"Not now."}""", "409: Not now.")]
    [InlineData("application/problem+json", "[1]", "409: [1]")]
    [InlineData("application/problem+json", "oops", "409: oops")]
    [InlineData("text/plain", "There is nothing at this path.\n", "409: There is nothing at this path.")]
    [InlineData("text/html", "<html>Bad gateway</html>", "409")]
    public async Task Refusal_WithABody_SaysInALineWhy(string type, string body, string says)
    {
        using HttpResponseMessage response = new(HttpStatusCode.Conflict) { Content = new StringContent(body, Encoding.UTF8, type) };

        LinkEnd end = await HttpFailures.ReadAsync(response, CancellationToken.None);

        Assert.Equal($"the server refused with {says}", end.Reason);
        Assert.Equal(409, end.Status);
    }
}
