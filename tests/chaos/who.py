"""Who is on the team, by user name, and the secrets that they sign in with."""

AGENTS = {"ann": 2, "bob": 2, "cleo": 3, "dora": 3}  # → capacity
HASTY = {"cleo", "dora"}  # away for routing; they accept what they see waiting
GHOST = "ghost"
CAST = {**AGENTS, GHOST: 1}
MANAGER = "mia"


def token_of(person: str) -> str:
    return f"the token of {person} in the chaos"
