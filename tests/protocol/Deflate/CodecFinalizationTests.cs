using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>Looks at the memory of the whole process, so nothing else may run meanwhile.</summary>
[Collection(nameof(CodecFinalizationTests))]
[CollectionDefinition(nameof(CodecFinalizationTests), DisableParallelization = true)]
public sealed class CodecFinalizationTests
{
    [Fact]
    public void Forgotten_Deflaters_AreFreedByTheirFinalizers() =>
        AssertFreed(1200, 150, () => Codecs.Deflater(native: true).Compress(Messages.Hello));

    [Fact]
    public void Forgotten_Inflaters_AreFreedByTheirFinalizers()
    {
        // Larger than the window, so that all of it is touched.
        using MessageDeflater deflater = Codecs.Deflater(native: true);
        byte[] payload = deflater.Compress(new byte[40_000]);
        AssertFreed(5000, 30, () => Codecs.Inflater(native: true).Decompress([.. payload.Chunk(20)]));
    }

    /// <summary>That many, each of so many KB, would be over 150 MB if they stayed.</summary>
    private static void AssertFreed(int count, int kilobytes, Action forget)
    {
        Assert.True(count * kilobytes >= 150_000);
        long before = Environment.WorkingSet;
        for (int i = 0; i < count; i++)
        {
            forget();
            if (i % 200 == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100L * 1024 * 1024);
    }
}
