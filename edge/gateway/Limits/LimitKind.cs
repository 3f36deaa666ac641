namespace Switchboard.Gateway.Limits;

/// <summary>What is limited.</summary>
internal enum LimitKind
{
    Memory,
    Connections,
    Silent,
    Handshakes,
    Requests,
    Resumes,
    Messages,
    Bytes,
}
