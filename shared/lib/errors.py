"""Refusals: a rule said no, with a sentence for the person and a field to look at."""

from collections.abc import Mapping


class Refused(Exception):
    """A rule of the desk said no. `sentence` is for the person; `fields` names what to correct."""

    status = 409
    code = "refused"

    def __init__(self, sentence: str, *, code: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.fields = dict(fields or {})


class Invalid(Refused):
    """What was sent does not have the right shape."""

    status, code = 422, "invalid"


class NotFound(Refused):
    """There is no such thing, or none that this person may see."""

    status, code = 404, "not-found"


class Forbidden(Refused):
    """This person may not do that."""

    status, code = 403, "forbidden"


class Unauthorised(Refused):
    """Nobody is signed in."""

    status, code = 401, "unauthorised"


class Conflict(Refused):
    """Somebody else was quicker, or it has already happened."""

    status, code = 409, "conflict"


class Gone(Refused):
    """It was valid once."""

    status, code = 410, "gone"


class TooMany(Refused):
    """Too often; come back after `retry_after` seconds."""

    status, code = 429, "too-many"

    def __init__(self, sentence: str, *, retry_after: int = 60) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Unavailable(Refused):
    """The desk could not keep it safe just now; repeat the same key after `retry_after` seconds."""

    status, code = 503, "unavailable"

    def __init__(self, sentence: str, *, retry_after: int = 2) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
