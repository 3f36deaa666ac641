namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>A field of a message of the .proto file.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name, for errors.</param>
internal readonly record struct ProtoName(int Number, string Name);
