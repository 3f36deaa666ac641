using Switchboard.Client;

await using SwitchboardClient client = new(new() { User = args[0], Url = new(args.ElementAtOrDefault(1) ?? "http://127.0.0.1:8080") });
Room lobby = client.Room("lobby");
lobby.Message += message => Console.WriteLine($"{message.From?.User}: {message.ReadText()}");
await client.ConnectAsync();
await lobby.JoinAsync();
while (Console.ReadLine() is { } line)
{
    await lobby.PublishAsync(line);
}
