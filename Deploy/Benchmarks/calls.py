"""Requests to a service by gRPC, one after the other, and how long each took."""

import itertools
import time

import grpc

from measure import PASSWORD

ROUNDS = 3


def message(*fields):
    """A protobuf message of texts, messages (as bytes) and small numbers: (number, value), numbers to 15."""
    wire = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            wire += bytes([number << 3]) + varint(value)
        else:
            content = value.encode() if isinstance(value, str) else value
            wire += bytes([number << 3 | 2]) + varint(len(content)) + content
    return bytes(wire)


def mask(*paths):
    """A google.protobuf.FieldMask."""
    return message(*((1, path) for path in paths))


def varint(value):
    wire = bytearray()
    while value > 0x7F:
        wire.append(value & 0x7F | 0x80)
        value >>= 7
    wire.append(value)
    return bytes(wire)


def report(engine, mesh, service, requests, people, bounds):
    """Sends so many requests of each kind by one client, in interleaved rounds; prints p50 and p99 in milliseconds.

    `people` are members of the tenant `bench`: of each the address, and what they send, by its name: the method's
    path and the requests. `bounds` are those of p99, for names that begin so.
    """
    took = {}
    with grpc.insecure_channel(
            mesh.socket(service), [("grpc.max_receive_message_length", 64 << 20)]) as connection:
        for number in range(ROUNDS):
            share = requests // ROUNDS + (number < requests % ROUNDS)
            for person, (email, asked) in people.items():
                metadata = [("authorization", f"Bearer {mesh.login('bench', email, PASSWORD)}")]
                for name, (path, bodies) in asked.items():
                    times = took.setdefault((name, person), [])
                    times += send(connection, path, itertools.islice(bodies, share), metadata)
    for (name, person), times in took.items():
        times.sort()
        p50, p99 = times[len(times) // 2], times[min(len(times) * 99 // 100, len(times) - 1)]
        bound = next((f", bound of p99 {most} ms" for part, most in bounds.items() if name.startswith(part)), "")
        print(f"{engine}, {name}, as {person}: p50 {p50:.2f} ms, p99 {p99:.2f} ms{bound}", flush=True)


def send(connection, path, bodies, metadata):
    """The milliseconds that each of some requests took."""
    ask, times = connection.unary_unary(path), []
    for body in bodies:
        began = time.perf_counter()
        ask(body, metadata=metadata, timeout=30)
        times.append((time.perf_counter() - began) * 1000)
    return times
