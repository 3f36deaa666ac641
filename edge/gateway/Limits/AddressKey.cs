using System.Buffers.Binary;
using System.Net;

namespace Switchboard.Gateway.Limits;

/// <summary>
/// An IPv4 address, or the /64 that an IPv6 address is in, which is what one household or one machine gets. A client has
/// many to choose from, so the hash is seeded, and no half of it cancels the other out.
/// </summary>
internal readonly struct AddressKey : IEquatable<AddressKey>
{
    private readonly ulong _network;
    private readonly bool _isVersion4;

    public AddressKey(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out int length);
        _isVersion4 = length == 4;
        _network = _isVersion4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    public bool Equals(AddressKey other) => _network == other._network && _isVersion4 == other._isVersion4;

    public override bool Equals(object? obj) => obj is AddressKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine((uint)(_network >> 32), (uint)_network, _isVersion4);
}
