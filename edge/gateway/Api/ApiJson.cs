using System.Text.Json.Serialization;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;

namespace Switchboard.Gateway.Api;

/// <summary>
/// How bodies are read and written. The depth is that of the client protocol: 56 arrays and objects within one field.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 57)]
[JsonSerializable(typeof(PublishBody))]
[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(LeaveBody))]
[JsonSerializable(typeof(DisconnectBody))]
[JsonSerializable(typeof(BanBody))]
[JsonSerializable(typeof(UnbanBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(PublishedAnswer))]
[JsonSerializable(typeof(PublishedManyAnswer))]
[JsonSerializable(typeof(SentAnswer))]
[JsonSerializable(typeof(RoomsAnswer))]
[JsonSerializable(typeof(RoomAnswer))]
[JsonSerializable(typeof(MembersAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(ConnectionAnswer))]
[JsonSerializable(typeof(DisconnectedAnswer))]
[JsonSerializable(typeof(BansAnswer))]
[JsonSerializable(typeof(NodesAnswer))]
[JsonSerializable(typeof(ConnectionsAnswer))]
[JsonSerializable(typeof(DrainBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
