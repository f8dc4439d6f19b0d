"""What a run of the benchmarks measures."""

from dataclasses import dataclass

from tests.bench.ground import Server, Stores


@dataclass(frozen=True)
class Options:
    servers: tuple[Server, ...] = ("daphne", "uvicorn")
    stores: tuple[Stores, ...] = ("sqlite", "postgresql", "postgresql+redis")
    chats: tuple[int, ...] = (50, 500)
    seconds: float = 8.0
    sockets: int = 10_000  # idle ones
    clients: int = 500  # who come back at once
    logs: tuple[int, ...] = (10_000, 1_000_000)  # entries that are there already
