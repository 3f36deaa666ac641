namespace Switchboard.Client.Frameworks;

/// <summary>Runs on the thread pool.</summary>
internal interface IThreadPoolWorkItem
{
    void Execute();
}
