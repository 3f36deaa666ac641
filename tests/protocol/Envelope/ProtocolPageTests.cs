using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class ProtocolPageTests
{
    private const string ToServer = "→ ";
    private const string ToClient = "← ";

    private static readonly string[] Markers = ["client", "server", "client binary", "server binary"];

    public static TheoryData<string> ClientExamples { get; } = [.. Of("client"), .. ProtocolPage.Transcript(ToServer)];

    public static TheoryData<string> ServerExamples { get; } = [.. Of("server"), .. ProtocolPage.Transcript(ToClient)];

    public static TheoryData<string> ClientBinaryExamples { get; } = [.. Of("client binary")];

    public static TheoryData<string> ServerBinaryExamples { get; } = [.. Of("server binary")];

    [Theory]
    [MemberData(nameof(ClientExamples))]
    public void Page_ClientExample_IsReadByTheCodec(string json) => CommandOracle.AssertSame(json, Decoded.From(json));

    [Theory]
    [MemberData(nameof(ClientBinaryExamples))]
    public void Page_ClientBinaryExample_IsReadByTheCodec(string header) =>
        CommandOracle.AssertSame(header, Decoded.FromBinary(header, 1, 2, 3));

    [Theory]
    [MemberData(nameof(ServerExamples))]
    public void Page_ServerExample_IsWrittenByTheCodec(string json) => EncodeTests.AssertRewritten(json);

    [Theory]
    [MemberData(nameof(ServerBinaryExamples))]
    public void Page_ServerBinaryExample_IsWrittenByTheCodec(string header) =>
        EncodeTests.AssertRewrittenBinary(header, [1, 2, 3]);

    [Fact]
    public void Page_EveryExample_SaysWhoSendsIt() => Assert.All(
        ProtocolPage.Examples(),
        example => Assert.Contains(example.Marker, Markers));

    [Fact]
    public void Page_EveryCommand_HasASectionAndAnExample()
    {
        string[] commands =
            [.. Enum.GetValues<CommandType>().Skip(1).Select(type => type.ToString().ToLowerInvariant())];

        Assert.Equal(commands.Order(), ProtocolPage.Subsections("Commands").Order());
        Assert.Equal(commands.Order(), ClientExamples.Cast<object[]>().Select(Type).Distinct().Order());
    }

    [Fact]
    public void Page_EveryEvent_HasASectionAndAnExample()
    {
        // A parameter of each overload of Encode is an event, whose name is its type in another case.
        string[] events = [.. typeof(IEnvelopeCodec).GetMethods()
            .Where(method => method.Name == nameof(IEnvelopeCodec.Encode))
            .Select(method => method.GetParameters()[1].ParameterType)
            .Select(type => (type.GetElementType() ?? type).Name)
            .Select(name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name[..^"Event".Length]))];

        Assert.Equal(events.Order(), ProtocolPage.Subsections("Events").Order());
        Assert.Equal(events.Order(), ServerExamples.Cast<object[]>().Select(Type).Distinct().Order());
    }

    [Fact]
    public void Page_ErrorCodes_AreThoseOfTheCode()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), ProtocolPage.Rows("Error codes").Select(row => row[0]).Order());
    }

    [Fact]
    public void Page_CloseReasons_AreThoseOfTheCode()
    {
        var reasons = typeof(CloseReason).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (CloseReason)field.GetValue(null)!)
            .OrderBy(reason => reason.Code);
        var rows = ProtocolPage.Rows("Close codes")
            .Where(row => row[1].Length > 0)
            .Select(row => new CloseReason(ushort.Parse(row[0], CultureInfo.InvariantCulture), row[1]));

        Assert.Equal(reasons, rows);
    }

    [Fact]
    public void Page_CloseCodes_TellByTheirRangeWhetherToReconnect()
    {
        foreach (string[] row in ProtocolPage.Rows("Close codes"))
        {
            string advice = row[3];
            switch (int.Parse(row[0], CultureInfo.InvariantCulture))
            {
                case >= 4000 and < 4400:
                    Assert.StartsWith("resume", advice, StringComparison.Ordinal);
                    break;
                case >= 4400 and < 4500:
                    Assert.Equal("new", advice);
                    break;
                case >= 4500:
                    Assert.DoesNotContain("resume", advice, StringComparison.Ordinal);
                    break;
            }
        }
    }

    [Fact]
    public void Page_FixedLimits_AreThoseOfTheCode()
    {
        var limits = new Dictionary<string, int>
        {
            ["name"] = EnvelopeLimits.NameBytes,
            ["key"] = EnvelopeLimits.KeyBytes,
            ["slot"] = EnvelopeLimits.SlotBytes,
            ["depth"] = EnvelopeLimits.DataDepth,
            ["history"] = EnvelopeLimits.HistoryPage,
        };
        using var welcome = JsonDocument.Parse(
            Of("server").First(json => json.Contains("\"welcome\"", StringComparison.Ordinal)));

        Assert.All(limits, limit => Assert.Equal(
            limit.Value, welcome.RootElement.GetProperty("limits").GetProperty(limit.Key).GetInt32()));
    }

    private static IEnumerable<string> Of(string marker) =>
        ProtocolPage.Examples().Where(example => example.Marker == marker).Select(example => example.Json);

    private static string Type(object[] row) =>
        JsonDocument.Parse((string)row[0]).RootElement.GetProperty("type").GetString()!;
}
