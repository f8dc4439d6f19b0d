from tests.skew.servers import places

__all__ = ["places"]
