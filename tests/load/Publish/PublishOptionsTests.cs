using Switchboard.Load.Publish;

namespace Switchboard.Load.Tests.Publish;

public sealed class PublishOptionsTests
{
    private const string Edge = "ws://127.0.0.1:8081/ws";

    [Fact]
    public void From_TwoEdgesAndPids_ReadsThem()
    {
        var options = From("--edges", $"{Edge},ws://127.0.0.1:8082/ws", "--pids", "silo=12,edge1=34");

        Assert.Equal([8081, 8082], options.Edges.Select(edge => edge.Port));
        Assert.Equal(new Dictionary<string, int> { ["silo"] = 12, ["edge1"] = 34 }, options.Pids);
    }

    [Theory]
    [InlineData("--edges", "http://127.0.0.1:1/ws")]
    [InlineData("--edges", $"{Edge},{Edge},{Edge}")]
    [InlineData("--edges", Edge, "--pids", "12")]
    [InlineData("--edges", Edge, "--pids", "silo=x")]
    [InlineData("--edges", Edge, "--pids", "silo=1,silo=2")]
    public void From_Malformed_Throws(params string[] arguments) =>
        Assert.Throws<LoadException>(() => From(arguments));

    private static PublishOptions From(params string[] arguments) => PublishOptions.From(new Arguments(arguments));
}
