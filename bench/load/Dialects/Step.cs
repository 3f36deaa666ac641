namespace Switchboard.Load.Dialects;

/// <summary>One exchange on the way to readiness: what is sent, and what the record that answers it contains.</summary>
internal sealed record Step(byte[] Send, byte[] Expect);
