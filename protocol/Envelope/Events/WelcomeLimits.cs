namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The configured bounds that a client is told of; those of <see cref="EnvelopeLimits"/> are added.</summary>
/// <param name="Message">The largest message, decompressed, in bytes.</param>
/// <param name="Rooms">How many rooms a connection may be a member of.</param>
/// <param name="Rate">How many messages it may send, per second.</param>
/// <param name="Burst">How many it may send at once.</param>
/// <param name="State">The largest presence state, in bytes.</param>
public sealed record WelcomeLimits(int Message, int Rooms, int Rate, int Burst, int State);
