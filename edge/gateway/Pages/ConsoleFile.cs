namespace Switchboard.Gateway.Pages;

/// <summary>A file of the console.</summary>
internal sealed record ConsoleFile(string ContentType, byte[] Bytes);
