namespace Switchboard.Core.Backplane;

/// <summary>What became of a request on its way to the edge that holds its connection.</summary>
/// <param name="Status">Ok, NoSuchConnection, WrongToken, ForeignToken or Unavailable.</param>
/// <param name="Received">What that edge said, with Ok.</param>
public readonly record struct ForwardResult(BackplaneStatus Status, ReceiveResult Received);
