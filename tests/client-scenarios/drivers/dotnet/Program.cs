using Switchboard.ScenarioDriver;

// Drives clients of clients/dotnet for the client scenarios: a command a line in, an event a line out. README.md has both.
EventWriter events = new(Console.Out);
CommandReader commands = new(events);
while (await Console.In.ReadLineAsync() is { } line)
{
    commands.Begin(line);
}
