using System.Text.Json;

namespace Switchboard.Client.Transports;

/// <summary>What a link needs to know of the session.</summary>
/// <param name="Token">The token; null for none. Asked for each HTTP request, as it may be another one meanwhile.</param>
/// <param name="WriteResume">Writes <c>resume</c>, <c>positions</c> and, for a poll, <c>presence</c> as they are now.</param>
internal sealed record LinkRequest(Func<string?> Token, Action<Utf8JsonWriter, bool> WriteResume);
