"""Why something was not taken by whom it was for."""


class NotTaken(Exception):
    """`error` names no person and no secret. `final`: no other try would end otherwise. `gone`: there is
    nobody at this address any more."""

    def __init__(self, error: str, *, final: bool = False, gone: bool = False) -> None:
        super().__init__(error)
        self.error, self.final, self.gone = error, final, gone
