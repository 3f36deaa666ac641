using System.Net;
using System.Net.Sockets;

namespace Switchboard.Testing.Programs;

/// <summary>Loopback ports that nobody listens on.</summary>
public static class Ports
{
    // Below those that the system hands out for outgoing connections, which would come and go between look and use.
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>One that was free a moment ago.</summary>
    public static int Free() => FreeRange(1);

    /// <summary>The first of so many in a row.</summary>
    public static int FreeRange(int count)
    {
        while (true)
        {
            int first = Random.Shared.Next(First, End - count);
            if (Enumerable.Range(first, count).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
