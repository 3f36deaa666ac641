namespace Switchboard.Client.Frameworks;

/// <summary>What <c>lock</c> is given: here any object will do.</summary>
internal sealed class Lock;
