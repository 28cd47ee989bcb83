"""The root of what goes wrong when a catalogue of the law is asked for something it does not have."""

from __future__ import annotations

from typing import ClassVar

from gongkai.law.errors import InputError


class CatalogueError(InputError):
    """A catalogue was asked for what the law does not have.

    ``str()`` is a Chinese sentence: what is wrong, why, what to do. ``code`` is stable, for machines; ``article`` is
    the provision the sentence rests on, empty where none applies.
    """

    code: ClassVar[str] = "catalogue"

    def __init__(self, message: str, *, article: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.article = article

    def as_dict(self) -> dict[str, str]:
        """Return ``code``, ``article`` and ``message``, as the command line prints them."""
        return {"code": self.code, "article": self.article, "message": self.message}
