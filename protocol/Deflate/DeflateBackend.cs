namespace Switchboard.Protocol.Deflate;

/// <summary>Who does the work: the runtime's zlib, or <see cref="System.IO.Compression.DeflateStream"/>.</summary>
internal enum DeflateBackend
{
    Native,
    Managed,
}
