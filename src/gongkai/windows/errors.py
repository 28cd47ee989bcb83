"""What a visitor is told of what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class NotPublishedError(LookupError):
    """There is no such thing among what is published, whatever else there is."""


class OnItsWayError(LookupError):
    """It is published, and the file of it does not lie where the public side looks yet: that takes a moment."""


class GoneError(NotPublishedError):
    """It was published and was taken down, for ``reason``; ``day`` is when it had been published."""

    def __init__(self, reason: str, day: date | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.day = day
