using Switchboard.Core.Backplane;

namespace Switchboard.Core.Feeds;

/// <summary>A publication whose answer waits for a commit.</summary>
public readonly struct Staged
{
    private readonly Epoch _epoch;
    private readonly int _index;
    private readonly bool _duplicate;

    internal Staged(Commit commit, int index, Epoch epoch, bool duplicate)
    {
        Commit = commit;
        _index = index;
        _epoch = epoch;
        _duplicate = duplicate;
    }

    /// <summary>What it waits for; null where the answer is there already.</summary>
    public Commit? Commit { get; }

    /// <summary>Its answer, once <see cref="Commit.Completion"/> is.</summary>
    public PublishResult Result => Commit!.ResultOf(_index, _epoch, _duplicate);
}
