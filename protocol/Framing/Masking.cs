using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Switchboard.Protocol.Framing;

/// <summary>Masks and unmasks payloads, which is the same (RFC 6455 §5.3).</summary>
public static class Masking
{
    /// <summary>Applies the key in place, beginning with the key's first byte.</summary>
    /// <param name="data">The bytes to change.</param>
    /// <param name="key">The masking key, its first byte lowest.</param>
    /// <returns>The key with which the bytes that follow are to be treated.</returns>
    public static uint Apply(Span<byte> data, uint key)
    {
        uint next = BitOperations.RotateRight(key, 8 * (data.Length & 3));
        if (!BitConverter.IsLittleEndian)
        {
            ApplyBytes(data, key);
            return next;
        }

        // Each rung works through what the wider one left over: frames of a chat are too short for one width alone.
        ref byte start = ref MemoryMarshal.GetReference(data);
        nuint length = (nuint)data.Length;
        nuint done = 0;
        if (Vector512.IsHardwareAccelerated && length >= 64)
        {
            Vector512<byte> keys = Vector512.Create(key).AsByte();
            for (; done + 64 <= length; done += 64)
            {
                (Vector512.LoadUnsafe(ref start, done) ^ keys).StoreUnsafe(ref start, done);
            }
        }

        if (Vector256.IsHardwareAccelerated && length - done >= 32)
        {
            Vector256<byte> keys = Vector256.Create(key).AsByte();
            for (; done + 32 <= length; done += 32)
            {
                (Vector256.LoadUnsafe(ref start, done) ^ keys).StoreUnsafe(ref start, done);
            }
        }

        if (Vector128.IsHardwareAccelerated && length - done >= 16)
        {
            Vector128<byte> keys = Vector128.Create(key).AsByte();
            for (; done + 16 <= length; done += 16)
            {
                (Vector128.LoadUnsafe(ref start, done) ^ keys).StoreUnsafe(ref start, done);
            }
        }

        Span<byte> rest = data[(int)done..];
        while (rest.Length >= 4)
        {
            MemoryMarshal.Write(rest, MemoryMarshal.Read<uint>(rest) ^ key);
            rest = rest[4..];
        }

        ApplyBytes(rest, key);
        return next;
    }

    private static void ApplyBytes(Span<byte> data, uint key)
    {
        for (int i = 0; i < data.Length; i++)
        {
            data[i] ^= (byte)(key >> (8 * (i & 3)));
        }
    }
}
