"""What is wrong with a case, as the rooms derive it, and what is wrong with a program that changes a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class CaseError(Exception):
    """Something about a case that cannot be; the root of a room's errors derives from it.

    ``code`` is stable, ``article`` what forbids it (empty where no article does), ``fields`` the message by field.
    """

    code = "case"

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, *, article: str = "") -> None:
        super().__init__(message)
        self.fields = dict(fields or {})
        self.article = article


class FixedEventError(RuntimeError):
    """Somebody tried to change or delete an event."""

    def __init__(self) -> None:
        super().__init__("登记的事项只能追加：登记有误的，请用“更正登记”划去原事项并写明理由。")
