namespace Switchboard.Client;

/// <summary>Why messages were lost, as <see cref="Loss.Reason"/> says.</summary>
public static class LossReasons
{
    /// <summary>The feed began anew while this client was away.</summary>
    public const string EpochChanged = "epoch_changed";

    /// <summary>The history does not reach back far enough, or may not be read.</summary>
    public const string Trimmed = "trimmed";

    /// <summary>The position was ahead of the feed.</summary>
    public const string Ahead = "ahead";

    /// <summary>The server could not deliver them to a client that is connected.</summary>
    public const string NotDelivered = "not_delivered";

    /// <summary>The connection could not be resumed, and its feed can't be read on in another one.</summary>
    public const string NotResumed = "not_resumed";

    /// <summary>The program reads a <see cref="MessageStream"/> more slowly than messages come.</summary>
    public const string ReaderBehind = "reader_behind";
}
