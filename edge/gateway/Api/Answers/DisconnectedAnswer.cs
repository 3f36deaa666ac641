namespace Switchboard.Gateway.Api.Answers;

/// <summary>How many connections were ended.</summary>
internal sealed record DisconnectedAnswer(int Disconnected);
