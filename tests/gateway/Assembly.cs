// Buffers in use are counted for the whole process: one test at a time, so that each can see what it left behind.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
