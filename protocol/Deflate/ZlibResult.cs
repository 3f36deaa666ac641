namespace Switchboard.Protocol.Deflate;

/// <summary>zlib's return codes.</summary>
internal enum ZlibResult
{
    Ok = 0,
    StreamEnd = 1,
    NeedDictionary = 2,
    StreamError = -2,
    DataError = -3,
    MemoryError = -4,
    BufferError = -5,
    VersionError = -6,
}
