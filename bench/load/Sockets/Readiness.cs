namespace Switchboard.Load.Sockets;

/// <summary>What epoll reports for a socket. The values are the kernel's.</summary>
[Flags]
internal enum Readiness
{
    None = 0,
    Readable = 0x1,
    Writable = 0x4,
    Error = 0x8,
    HungUp = 0x10,
}
