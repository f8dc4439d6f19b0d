"""Why a backup cannot be made or restored, in words for the operator."""


class BackupError(Exception):
    """Nothing was changed, unless the words say what."""
