"""What a run of the benchmarks measures."""

from dataclasses import dataclass
from pathlib import Path

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
    recording: Path | None = None  # of real chats, whose lengths the simulated ones take
    past: int = 1_000_000  # chats of past years, ten entries each, in search
    queues: int = 12  # simulated, of each kind
