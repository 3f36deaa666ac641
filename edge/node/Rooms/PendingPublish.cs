using System.Diagnostics;
using System.Threading.Tasks.Sources;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Node.Tracing;

namespace Switchboard.Node.Rooms;

/// <summary>
/// A message that waits to be published, and whoever waits for its answer: the one object that a publish allocates here.
/// The answer runs on the thread that brings it, which never blocks.
/// </summary>
internal sealed class PendingPublish(in Publication publication) : IValueTaskSource<PublishResult>
{
    // What a message costs that has no payload.
    private const int Overhead = 64;

    private readonly Publication _publication = publication;
    private ManualResetValueTaskSourceCore<PublishResult> _source;

    public ref readonly Publication Publication => ref _publication;

    /// <summary>The span that it is part of; null where it is not traced.</summary>
    public Activity? Span { get; } = NodeTracing.Current;

    public int Bytes => _publication.Payload.Length + Overhead;

    public ValueTask<PublishResult> Task => new(this, _source.Version);

    public void Answer(in PublishResult result) => _source.SetResult(result);

    public void Fail(Exception exception) => _source.SetException(exception);

    PublishResult IValueTaskSource<PublishResult>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<PublishResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<PublishResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
