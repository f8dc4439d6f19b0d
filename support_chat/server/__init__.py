"""The server that `serve` runs: daphne, which bounds nothing by itself, with bounds."""

from support_chat.server.process import serve

__all__ = ["serve"]
