"""heap.py PORT FILE: takes metrics by OTLP over HTTP on 127.0.0.1, and keeps the managed heaps of all programs in a file.

One line a program: its name, and the bytes of its heap after its last collection, as the instrument
dotnet.gc.last_collection.heap.size of .NET tells. Needs nothing but Python.
"""

import os
import struct
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

HEAP = b"dotnet.gc.last_collection.heap.size"

heaps = {}


def fields(message):
    """The fields of a protobuf message: number and value, which is bytes or an unsigned number."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
            continue
        length = varint() if key & 7 == 2 else 8 if key & 7 == 1 else 4
        yield key >> 3, message[at : at + length]
        at += length


def every(message, *path):
    """All values of the fields at a path of numbers."""
    for number, value in fields(message):
        if number == path[0]:
            yield from every(value, *path[1:]) if len(path) > 1 else (value,)


def number(point):
    """The value of a data point: a double, or a signed number of eight bytes."""
    for field, value in fields(point):
        if field in (4, 6):
            return struct.unpack("<d" if field == 4 else "<q", value)[0]
    return 0


def take(export):
    for program in every(export, 1):
        name = next(
            value
            for attribute in every(program, 1, 1)
            if next(every(attribute, 1)) == b"service.instance.id"
            for value in every(attribute, 2, 1)
        ).decode()
        for metric in every(program, 2, 2):
            if next(every(metric, 1)) == HEAP:
                # A gauge or a sum, with a point for each generation.
                points = [point for kind in (5, 7) for point in every(metric, kind, 1)]
                heaps[name] = sum(number(point) for point in points)


def write(path):
    with open(path + ".new", "w") as file:
        file.writelines(f"{name} {int(heap)}\n" for name, heap in sorted(heaps.items()))
    os.replace(path + ".new", path)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/metrics":
            take(body)
            write(sys.argv[2])
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
