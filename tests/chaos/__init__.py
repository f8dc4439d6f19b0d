"""Chats under faults: servers, PostgreSQL, Redis and the links between them fail, and nothing goes wrong."""
