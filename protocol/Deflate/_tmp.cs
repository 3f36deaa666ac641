using System.Buffers;
namespace Switchboard.Protocol.Deflate;
public enum InflateStatus : byte { Ok, TooLarge, Corrupt }
public sealed class MessageInflater { public InflateStatus Write(ReadOnlySpan<byte> c, bool final, IBufferWriter<byte> o, long max) => throw new NotSupportedException(); }
