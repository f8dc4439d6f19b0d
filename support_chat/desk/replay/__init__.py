"""Recorded chats played through real sockets: load, and proof that nothing is lost on the way."""
