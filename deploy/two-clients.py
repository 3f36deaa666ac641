"""two-clients.py ws://EDGE/ws ws://EDGE/ws: two clients on two edges see each other, talk, and one resumes on the other.

Prints a line for each thing that works, and ends with 0; with 1, and a line that says what did not. Needs Debian's
package python3-websockets.
"""
import asyncio
import json
import secrets
import sys

import websockets

PATIENCE = 15


class Failure(Exception):
    """Says what did not work."""


class Client:
    """One connection of a user, and the events that came on its socket."""

    def __init__(self, user):
        self.user = user
        self.welcome = None
        self._socket = None
        self._events = []
        self._ids = 0

    async def connect(self, edge, **resume):
        self._events = []
        self._socket = await websockets.connect(f"{edge}?user={self.user}", subprotocols=["switchboard.v1.json"])
        self.welcome = await self.ask("welcome", type="connect", **resume)

    async def ask(self, answer, **command):
        """Sends a command, and returns its answer. Nodes that are on their way in may ask for it to be sent again."""
        while True:
            self._ids += 1
            sent = self._ids
            await self._socket.send(json.dumps({"id": sent, **command}))
            event = await self.event(f"the answer to {command['type']}", lambda e: e.get("id") == sent)
            if event["type"] == answer:
                return event
            if not event.get("retry"):
                raise Failure(f"{self.user} was answered {event} to {command['type']}")
            await asyncio.sleep(0.2)

    async def event(self, what, matches):
        """Returns the first event that matches, of those that no one has asked for yet."""
        while True:
            for i, event in enumerate(self._events):
                if matches(event):
                    return self._events.pop(i)
            try:
                self._events.append(json.loads(await asyncio.wait_for(self._socket.recv(), PATIENCE)))
            except asyncio.TimeoutError:
                raise Failure(f"{self.user} did not get {what} in {PATIENCE} s") from None

    async def message(self, place, data):
        """Waits for a message of a room or feed, with these data."""
        return await self.event(
            f"{data!r} of {place}",
            lambda e: e["type"] == "message" and place in (e.get("room"), e.get("feed")) and e["data"] == data)

    def drop(self):
        """Cuts the socket, without a goodbye."""
        self._socket.transport.abort()

    async def close(self):
        await self._socket.close()


async def talk(edges):
    run = secrets.token_hex(4)
    room = f"two-clients-{run}"
    ann, bob = Client(f"ann-{run}"), Client(f"bob-{run}")
    await ann.connect(edges[0])
    await bob.connect(edges[1])
    print("both are connected")

    joined = await ann.ask("joined", type="join", room=room, presence=True, state={"seat": 1})
    await bob.ask("joined", type="join", room=room, presence=True)
    await ann.event(
        "bob in the presence",
        lambda e: e["type"] == "presence_change" and any(m["user"] == bob.user for m in e.get("joined", [])))
    there = await bob.ask("presence", type="presence", room=room)
    if {"user": ann.user, "connection": ann.welcome["connection"], "state": {"seat": 1}} not in there["members"]:
        raise Failure(f"bob does not see ann with her state, but {there}")
    print("they see each other in the room")

    await ann.ask("published", type="publish", room=room, data="hello bob")
    await bob.message(room, "hello bob")
    await bob.ask("published", type="publish", room=room, data="hello ann")
    last = await ann.message(room, "hello ann")
    print("they talk in the room")

    await ann.ask("sent", type="send", user=bob.user, data="by user")
    await bob.message("user", "by user")
    await bob.ask("sent", type="send", connection=ann.welcome["connection"], data="by connection")
    direct = await ann.message("connection", "by connection")
    print("they send to each other by user and by connection id")

    ann.drop()
    for data in ["one", "two"]:
        await bob.ask("published", type="publish", room=room, data=data)
    await bob.ask("sent", type="send", connection=ann.welcome["connection"], data="three")
    await bob.ask("sent", type="send", user=ann.user, data="four")
    first = ann.welcome
    await ann.connect(edges[1], resume=first["resume"], positions={
        "user": {key: first["positions"]["user"][key] for key in ("epoch", "offset")},
        "connection": {"epoch": first["positions"]["connection"]["epoch"], "offset": direct["offset"]},
        "rooms": {room: {"epoch": joined["epoch"], "offset": last["offset"]}},
    })
    starts = [ann.welcome["positions"]["user"], ann.welcome["positions"]["connection"], ann.welcome["rooms"].get(room)]
    if not ann.welcome["resumed"] or ann.welcome["connection"] != first["connection"] or not all(
            start and start["recovered"] for start in starts):
        raise Failure(f"ann was not resumed on the other edge: {ann.welcome}")
    offsets = [(await ann.message(room, data))["offset"] for data in ["one", "two"]]
    if offsets != [last["offset"] + 1, last["offset"] + 2]:
        raise Failure(f"ann got what she missed at {offsets}, after {last['offset']}")
    await ann.message("connection", "three")
    await ann.message("user", "four")
    await bob.ask("published", type="publish", room=room, data="welcome back")
    await ann.message(room, "welcome back")
    print("one resumed on the other edge, with what it had missed")
    await ann.close()
    await bob.close()


def main(arguments):
    if len(arguments) != 2:
        print("usage: two-clients.py ws://EDGE/ws ws://EDGE/ws", file=sys.stderr)
        return 2
    try:
        asyncio.run(talk(arguments))
    except (Failure, OSError, websockets.WebSocketException) as problem:
        print(f"two-clients.py: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
