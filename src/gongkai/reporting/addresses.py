"""The permanent address of a body's reports: chosen once, with its first report, and kept whatever the body becomes."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from gongkai.annual.audit.series import body_key
from gongkai.annual.report import Report
from gongkai.reporting.models import Edition, Scope
from gongkai.text.pinyin import slug

if TYPE_CHECKING:
    from gongkai.units.models import Unit

_LONGEST = 54  # leaves room for a number behind it


def of_unit(unit: Unit, scope: str, *, is_part: bool = False) -> str:
    """Return the address of a unit's reports of ``scope``; ``is_part``: the own level of a unit that adds others up.

    It is the code of the unit, which no renaming changes.
    """
    known = Edition.objects.filter(unit=unit, scope=scope).order_by("pk").values_list("slug", flat=True).first()
    if known:
        return str(known)
    code = re.sub(r"[^a-z0-9]+", "-", unit.code.lower()).strip("-")[:_LONGEST] or f"unit-{unit.pk}"
    return _free(f"{code}-own" if is_part and scope == Scope.OWN else code)


def of_body(body: str) -> str:
    """Return the address of a body that is none of our units: its name in pinyin, without 人民政府."""
    wanted = key_of(body)
    for known, name in Edition.objects.filter(unit__isnull=True).order_by("pk").values_list("slug", "body").distinct():
        if key_of(name) == wanted:
            return str(known)
    return _free(slug(wanted)[:_LONGEST].strip("-") or "body")


def key_of(body: str) -> str:
    """Return by what the reports of one body are known, with or without 人民政府 in its name."""
    return body_key(Report(edition="", cells={}, body=body)) or body


def _free(wanted: str) -> str:
    taken = set(Edition.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(one for number in count(1) if (one := wanted if number == 1 else f"{wanted}-{number}") not in taken)
