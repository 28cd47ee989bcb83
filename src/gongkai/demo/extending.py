"""Putting an answer off: the one letter whose reason is not that of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.domain import letters
from gongkai.demo.cases import data

if TYPE_CHECKING:
    from datetime import date

    from gongkai.applications.models import Application, Letter
    from gongkai.demo.correspondence import Correspondence

EXTENSION = "extension"


def put_off(office: Correspondence, application: Application, day: date, mode: str, **params: object) -> Letter:
    """Send an extension notice on ``day`` that says why the answer takes longer (条例 第三十三条)."""
    letter = office.drafted(application, EXTENSION, day, mode=mode, **params)
    reasons = data()["words"]["delays"]
    fields = letter.fields | {"reason": reasons[letter.pk % len(reasons)]}
    letter = letters.revise(letter=letter, user=office.handler, today=day, fields=fields)
    return office.out(office.seal(office.approve(office.submit(letter, day), day), day), day)
