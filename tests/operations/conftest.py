from tests.operations.elsewhere import elsewhere

__all__ = ["elsewhere"]
