using Switchboard.Client;

string user = args.ElementAtOrDefault(0) ?? Environment.UserName, url = args.ElementAtOrDefault(1) ?? "http://127.0.0.1:8080";
await using SwitchboardClient client = new(new() { User = user, Url = new(url) });
client.StateChanged += change => Console.Error.WriteLine($"{change.State} {change.Reason}");
Room lobby = client.Room("lobby");
lobby.Message += message => Console.WriteLine($"{message.From?.User ?? "server"}: {message.ReadText()}");
await client.ConnectAsync();
await lobby.JoinAsync();
while (Console.ReadLine() is { } line)
{
    await lobby.PublishAsync(line);
}
