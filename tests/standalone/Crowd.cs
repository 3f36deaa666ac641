using Microsoft.Playwright;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>People in the rooms of a program, as sockets of one page.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly IPage _page;

    private Crowd(IPage page) => _page = page;

    /// <summary>Four people in "lobby", and each in some of the rooms "table-1" and so on.</summary>
    public static async Task<Crowd> StartAsync(Chromium chromium, ServerProcess server, int rooms)
    {
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        await page.EvaluateAsync(
            """
            async ({ url, rooms }) => {
              window.people = {};
              for (const [i, user] of ['ann', 'bob', 'carla', 'dmitri'].entries()) {
                const socket = new WebSocket(`${url}?user=${user}`, 'switchboard.v1.json');
                const waiting = new Map();
                let id = 0;
                const closed = new Promise(resolve => socket.addEventListener('close', event => resolve(event.code)));
                const welcome = new Promise(resolve => waiting.set('welcome', resolve));
                socket.onmessage = ({ data }) => {
                  const event = JSON.parse(data);
                  const key = event.type === 'welcome' ? 'welcome' : event.id;
                  waiting.get(key)?.(event);
                  waiting.delete(key);
                };
                const ask = command => new Promise(resolve => {
                  waiting.set(++id, resolve);
                  socket.send(JSON.stringify({ ...command, id }));
                });
                await new Promise(resolve => socket.addEventListener('open', resolve));
                const connected = welcome;
                socket.send(JSON.stringify({ type: 'connect', id: 1000000 }));
                await connected;
                const join = room => ask({ type: 'join', room, presence: true, state: { status: 'here', seat: i + 1 } });
                const say = (room, text) => ask({ type: 'publish', room, data: { text } });
                await join('lobby');
                for (let n = 1 + i; n <= rooms; n += 2) await join(`table-${n}`);
                window.people[user] = { join, say, closed };
              }
            }
            """,
            new { url = new Uri(server.WebSocketAddress, "/ws").ToString(), rooms });
        return new Crowd(page);
    }

    /// <summary>One says something in a room, which they join first.</summary>
    public Task SayAsync(string user, string room, string text) => _page.EvaluateAsync(
        "async ({ user, room, text }) => { const one = people[user]; await one.join(room); await one.say(room, text); }",
        new { user, room, text });

    /// <summary>All talk in the lobby for so many rounds, now more and now less, a tenth of a second each.</summary>
    public Task RunAsync(int rounds) => _page.EvaluateAsync(
        """
        async rounds => {
          const lines = ['Good evening', 'Is the board up to date?', 'I moved the red card', 'Next round in a minute'];
          for (let round = 0; round < rounds; round++) {
            const burst = 1 + Math.round(6 * (1 + Math.sin(round / 6)));
            await Promise.all(Object.values(people).flatMap((one, i) =>
              Array.from({ length: i === 0 ? burst : 1 }, () => one.say('lobby', lines[(round + i) % lines.length]))));
            await new Promise(resolve => setTimeout(resolve, 100));
          }
        }
        """,
        rounds);

    /// <summary>The code that one's socket is closed with.</summary>
    public Task<int> ClosedAsync(string user) => _page.EvaluateAsync<int>("user => people[user].closed", user);

    public async ValueTask DisposeAsync() => await _page.CloseAsync();
}
