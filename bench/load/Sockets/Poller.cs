using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Switchboard.Load.Sockets;

/// <summary>Linux epoll, level-triggered. The base library has no readiness interface of its own, and its
/// asynchronous sockets would spend on scheduling what the server under test could have used.</summary>
internal sealed class Poller : IDisposable
{
    private const int Capacity = 512;
    private const int Add = 1;
    private const int Remove = 2;
    private const int Modify = 3;
    private const int Interrupted = 4;

    // struct epoll_event { uint32_t events; uint64_t data; } is packed on x86-64 only.
    private static readonly int _dataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int _entrySize = _dataOffset + 8;

    private readonly byte[] _ready = new byte[Capacity * _entrySize];
    private readonly byte[] _change = new byte[_entrySize];
    private readonly int _handle;

    public Poller()
    {
        _handle = NativeCreate(0);
        if (_handle < 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Starts watching <paramref name="descriptor"/>; <paramref name="tag"/> comes back with its
    /// events.</summary>
    public void Watch(int descriptor, int tag, Readiness interest) => Control(Add, descriptor, tag, interest);

    /// <summary>Changes what is watched for.</summary>
    public void Change(int descriptor, int tag, Readiness interest) => Control(Modify, descriptor, tag, interest);

    /// <summary>Stops watching.</summary>
    public void Forget(int descriptor) => Control(Remove, descriptor, 0, Readiness.None);

    /// <summary>Waits at most <paramref name="milliseconds"/> and returns how many sockets are ready.</summary>
    public int Wait(int milliseconds)
    {
        var count = NativeWait(_handle, _ready, Capacity, milliseconds);
        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw new Win32Exception();
        }

        return count;
    }

    /// <summary>The tag and the events of the <paramref name="index"/>th ready socket of the last wait.</summary>
    public (int Tag, Readiness Events) Ready(int index)
    {
        var entry = _ready.AsSpan(index * _entrySize, _entrySize);
        return ((int)BinaryPrimitives.ReadUInt64LittleEndian(entry[_dataOffset..]),
            (Readiness)BinaryPrimitives.ReadUInt32LittleEndian(entry));
    }

    public void Dispose() => _ = NativeClose(_handle);

    private void Control(int operation, int descriptor, int tag, Readiness interest)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_change, (uint)interest);
        BinaryPrimitives.WriteUInt64LittleEndian(_change.AsSpan(_dataOffset), (uint)tag);
        if (NativeControl(_handle, operation, descriptor, _change) < 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static extern int NativeCreate(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static extern int NativeControl(int poller, int operation, int descriptor, byte[] change);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static extern int NativeWait(int poller, byte[] ready, int capacity, int milliseconds);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int NativeClose(int descriptor);
}
