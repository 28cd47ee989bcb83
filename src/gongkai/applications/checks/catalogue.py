"""The rules of the checks, read from ``catalogue.toml``, and what they find."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = {ERROR: "须改正", WARNING: "须说明", INFO: "提示"}


class Finding(NamedTuple):
    """What one rule found. ``rule`` is its id, ``code`` that of the house's list, which several rules may share."""

    rule: str
    code: str
    severity: str
    title: str
    article: str
    message: str
    todo: str

    @property
    def severity_caption(self) -> str:
        """Return what the severity asks for."""
        return SEVERITIES[self.severity]


class Rule(NamedTuple):
    """One rule: how grave, by which article, in which words, and what to do."""

    id: str
    severity: str
    title: str
    article: str
    message: str
    todo: str

    @property
    def code(self) -> str:
        """Return the code without the letter that tells rules of one code apart."""
        return re.sub(r"(?<=\d)[a-z]$", "", self.id)

    def finding(self, *, article: str = "", **found: object) -> Finding:
        """Return the finding, its message filled with what was found; ``article`` where a narrower one is known."""
        message = self.message.format(**found)
        return Finding(self.id, self.code, self.severity, self.title, article or self.article, message, self.todo)


@cache
def _data(name: str = "catalogue.toml") -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _read(name: str = "catalogue.toml") -> Mapping[str, Rule]:
    return {entry["id"]: Rule(**entry) for entry in _data(name)["rule"]}


RULES: Mapping[str, Rule] = _read()
"""Every rule of applications by its id, in the order of the catalogue."""

MATTER_RULES: Mapping[str, Rule] = _read("matters.toml")
"""Every rule of the matters beside applications, likewise."""

CODES: Mapping[str, str] = {
    code: "、".join(rule.title for rule in RULES.values() if rule.code == code)
    for code in dict.fromkeys(rule.code for rule in RULES.values())
}
"""What each code covers, in words."""


def is_private_courier(mail: str) -> bool:
    """Tell whether the number of a letter is one of a private courier (邮政法 Art 55 reserves official letters)."""
    return mail.strip().upper().startswith(tuple(_data()["couriers"]["prefixes"]))
