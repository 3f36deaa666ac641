using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>Whose a connection is.</summary>
/// <param name="Status">Ok, NoSuchConnection, WrongToken or Unavailable.</param>
/// <param name="User">The user, with Ok.</param>
public readonly record struct OwnerResult(BackplaneStatus Status, UserName User);
