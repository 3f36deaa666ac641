namespace Switchboard.Testing.Faults;

/// <summary>What becomes of a call.</summary>
/// <param name="LosesRequest">It is not made.</param>
/// <param name="LosesAnswer">It is made, and its answer is lost.</param>
/// <param name="Delay">How long it is held up before that.</param>
internal readonly record struct CallFate(bool LosesRequest, bool LosesAnswer, TimeSpan Delay)
{
    public bool IsDropped => LosesRequest || LosesAnswer;

    public CallFate And(CallFate other) =>
        new(LosesRequest || other.LosesRequest, LosesAnswer || other.LosesAnswer, Delay + other.Delay);
}
