namespace Switchboard.Protocol.Deflate;

/// <summary>What zlib reports that no peer's data can cause: no memory, or a fault of ours.</summary>
internal static class ZlibFailure
{
    public static Exception Of(ZlibResult result) =>
        result == ZlibResult.MemoryError
            ? new InsufficientMemoryException("zlib found no memory")
            : new InvalidOperationException($"zlib reported {result}");
}
