namespace Switchboard.Gateway.Api.Answers;

/// <summary>What a node counts; the processor time in milliseconds, the memory in bytes.</summary>
internal sealed record FiguresItem(
    long? Connections,
    long? Rooms,
    long? Activations,
    long? Received,
    long? Sent,
    long? Dropped,
    long? Lost,
    long? Refused,
    long Memory,
    long Cpu);
