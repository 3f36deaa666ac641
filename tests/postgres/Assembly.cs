// The tests measure against one server on few cores: in turns, none waits for another's commits.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
