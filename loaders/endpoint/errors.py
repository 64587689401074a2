"""What can go wrong with asking an endpoint. Pages that were answered before stay in the cache."""


class FetchError(Exception):
    """An endpoint did not answer; the message names it, says why and what to do."""


class ContactError(FetchError):
    """Nobody said whom the endpoint's keepers may write to."""


class PassingError(FetchError):
    """A fault that may pass; `wait` is the number of seconds that the endpoint asks for, None where it does not."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait
