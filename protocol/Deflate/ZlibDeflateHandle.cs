using System.Runtime.InteropServices;

namespace Switchboard.Protocol.Deflate;

/// <summary>Owns zlib's state of one compressor, and frees it at the latest when it is finalized.</summary>
internal sealed class ZlibDeflateHandle : SafeHandle
{
    private ZlibNative.ZStream _stream;

    public ZlibDeflateHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => !_stream.IsAllocated;

    public ref ZlibNative.ZStream Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return ref _stream;
        }
    }

    protected override bool ReleaseHandle()
    {
        ZlibNative.DeflateEnd(ref _stream);
        return true;
    }
}
