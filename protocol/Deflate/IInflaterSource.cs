namespace Switchboard.Protocol.Deflate;

/// <summary>Where the inflater for a compressed message comes from, and where it goes after it.</summary>
public interface IInflaterSource
{
    /// <summary>Gives an inflater for the length of one message.</summary>
    MessageInflater Rent();

    /// <summary>Takes it back, also when its message was not finished.</summary>
    void Return(MessageInflater inflater);
}
