using Switchboard.Webhooks.Tests.Testing;

namespace Switchboard.Webhooks.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Options_ThatAreRight_HaveNoProblem()
    {
        WebhookOptions options = new() { Endpoints = [Valid()], NamesUsers = true };

        Assert.Empty(options.Validate());
    }

    [Theory]
    [InlineData("Url", "/relative")]
    [InlineData("Url", "ftp://127.0.0.1/")]
    [InlineData("Url", "http://user:secret@127.0.0.1/")]
    [InlineData("Secret", "")]
    [InlineData("SecretFile", "/there/is/none")]
    [InlineData("Rooms", "")]
    public void Endpoint_WithATextThatIsWrong_SaysWhichOne(string field, string value)
    {
        EndpointOptions endpoint = Valid();
        typeof(EndpointOptions).GetProperty(field)!.SetValue(endpoint, value);

        Assert.NotEmpty(endpoint.Validate());
    }

    [Fact]
    public void Endpoint_OutOfBounds_NamesEveryField()
    {
        EndpointOptions endpoint = Valid();
        endpoint.Events.Clear();
        endpoint.Timeout = TimeSpan.FromMinutes(1);
        endpoint.MaxInFlight = 0;
        endpoint.MaxWaiting = 0;
        endpoint.MaxAnswerBytes = 1;
        endpoint.OnFailure = (FailurePolicy)7;
        endpoint.Retry.Attempts = 0;
        endpoint.Retry.Longest = TimeSpan.Zero;

        string problems = string.Join('\n', endpoint.Validate());

        foreach (string field in new[]
        {
            "Events", "Timeout", "MaxInFlight", "MaxWaiting", "MaxAnswerBytes", "OnFailure", "Retry.Attempts", "Retry.Longest",
        })
        {
            Assert.Contains(field, problems, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NamesUsers_WithoutAnEndpointThatAlwaysAnswers_IsAProblem()
    {
        EndpointOptions open = Valid();
        open.OnFailure = FailurePolicy.Open;

        Assert.NotEmpty(new WebhookOptions { NamesUsers = true }.Validate());
        Assert.NotEmpty(new WebhookOptions { NamesUsers = true, Endpoints = [open] }.Validate());
    }

    [Fact]
    public void Secret_InAFile_IsRead()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Secrets.Text + "\n");
            EndpointOptions endpoint = Valid();
            endpoint.Secret = string.Empty;
            endpoint.SecretFile = file;

            Assert.Empty(endpoint.Validate());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static EndpointOptions Valid() => Rig.Endpoint("https://app.example.com/hooks?x=1", WebhookEvent.Connect);
}
