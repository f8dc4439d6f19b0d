"""Every way in which somebody's words come into the desk, each with the columns that they are written to."""

from tests.desk.ways_in import team, visitors, what_is_set
from tests.desk.ways_in.scene import WAYS, Scene

__all__ = ["WAYS", "Scene", "team", "visitors", "what_is_set"]
