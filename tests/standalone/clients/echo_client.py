"""Exchanges every kind of message with an echo endpoint, with Python's websockets. Exits with 0 if all came back."""
import asyncio
import os
import sys

import websockets


async def exchange(uri, compression):
    async with websockets.connect(uri, compression=compression, max_size=None) as socket:
        negotiated = [extension.name for extension in socket.extensions]
        assert negotiated == (["permessage-deflate"] if compression else []), negotiated

        text = "grüße, κόσμε \U0001f30d " * 50
        blob = os.urandom(1 << 20)
        for message in ["", "short", text, b"", b"\x00\xff", blob, "x" * (1 << 20)]:
            await socket.send(message)
            assert await socket.recv() == message

        await socket.send([text[i:i + 7] for i in range(0, len(text), 7)])
        assert await socket.recv() == text
        await socket.send([blob[i:i + 65536] for i in range(0, len(blob), 65536)])
        assert await socket.recv() == blob

        await asyncio.wait_for(await socket.ping(b"are you there"), 10)
        await socket.close(4321, "done")
        assert socket.close_code == 4321, socket.close_code


async def chat(uri):
    import json

    async with websockets.connect(uri + "?user=python", subprotocols=["switchboard.v1.json"]) as socket:
        assert socket.subprotocol == "switchboard.v1.json"
        await socket.send('{"type":"connect","id":1}')
        assert json.loads(await socket.recv())["type"] == "welcome"
        await socket.send('{"type":"join","id":2,"room":"interop-python"}')
        assert json.loads(await socket.recv())["type"] == "joined"
        await socket.send('{"type":"publish","id":3,"room":"interop-python","data":{"n":1}}')
        answers = {json.loads(await socket.recv())["type"] for _ in range(2)}
        assert answers == {"published", "message"}, answers


async def main(base):
    for compression in [None, "deflate"]:
        await exchange(base + "/echo", compression)
    await chat(base + "/ws")


asyncio.run(asyncio.wait_for(main(sys.argv[1]), 60))
print("all messages came back")
