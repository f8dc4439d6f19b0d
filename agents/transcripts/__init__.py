"""Chats that are over: found, read and taken away by managers."""
