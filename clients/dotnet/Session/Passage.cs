namespace Switchboard.Client.Session;

/// <summary>How many publishes of a room may be under way.</summary>
internal enum Passage : byte
{
    /// <summary>Any number.</summary>
    Wide,

    /// <summary>None before those that are have been answered; then <see cref="Narrow"/>.</summary>
    Clearing,

    /// <summary>One; then <see cref="Wide"/>.</summary>
    Narrow,
}
