using Switchboard.Core.Identifiers;

namespace Switchboard.Webhooks.Questions;

/// <summary>Who connects.</summary>
/// <param name="User">Who it has proven to be; null where the application is to say it.</param>
/// <param name="Resumes">Whether it resumes a connection.</param>
/// <param name="Query">The query of its handshake; null where that is not told.</param>
/// <param name="Token">The token of its connect command; null for none, and where it is not told.</param>
/// <param name="Headers">The headers of its handshake that are told.</param>
internal readonly record struct ConnectFacts(
    UserName? User, bool Resumes, string? Query, string? Token, IReadOnlyDictionary<string, string>? Headers);
