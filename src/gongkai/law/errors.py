"""What the law refuses, and what cannot be understood: the two roots of the errors of this room.

``LawError``    the law forbids it; one subclass per mistake, each with a stable ``code`` and an ``article``
``InputError``  it cannot be understood, whatever the law says (a date that is none, an unknown key)

Messages are Chinese sentences: what happened · why · what to do.
"""

from __future__ import annotations

from typing import ClassVar


class LawError(Exception):
    """The law forbids what was asked. ``article`` is the provision that forbids it."""

    code: ClassVar[str] = "law"

    def __init__(self, message: str, *, article: str) -> None:
        super().__init__(message)
        self.message = message
        self.article = article

    def as_dict(self) -> dict[str, str]:
        """Return ``code``, ``article`` and ``message``, as the command line prints them."""
        return {"code": self.code, "article": self.article, "message": self.message}


class InputError(ValueError):
    """What was given cannot be understood. ``str()`` is one Chinese sentence."""
