namespace Switchboard.Gateway.Limits;

/// <summary>Whose limit it is.</summary>
internal enum LimitScope
{
    Edge,
    Address,
    User,
    Room,
    Connection,
    ApiKey,
}
