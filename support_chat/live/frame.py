"""What every command is made of."""

import msgspec


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of one command. An optional field that is null counts as absent."""
