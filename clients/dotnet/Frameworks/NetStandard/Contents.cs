namespace Switchboard.Client.Frameworks;

/// <summary>The bodies of HTTP answers. Who gives up waiting leaves the reading to end with its connection.</summary>
internal static class Contents
{
    public static Task<string> ReadAsStringAsync(this HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsStringAsync().WaitAsync(cancellationToken);

    public static Task<byte[]> ReadAsByteArrayAsync(this HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsByteArrayAsync().WaitAsync(cancellationToken);

    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsStreamAsync().WaitAsync(cancellationToken);
}
