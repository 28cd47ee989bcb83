"""The rules of the audit as data: read once from ``rules.toml`` and ``series.toml``, listable, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from gongkai.annual.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.annual.report import Number

_FILES = ("tables.toml", "narrative.toml", "series.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``severity`` is the default; a finding that allows a second reading is graver or milder.

    ``formula`` says what must hold, ``cells`` where it looks. ``message`` is the template of what happened (its
    fields are named by the check), ``source`` the article or document it rests on, ``action`` what to do. ``scope`` is
    ``report``, ``pair`` (two consecutive years of one body) or ``series``.
    """

    id: str
    code: str
    severity: str
    title: str
    formula: str
    message: str
    source: str
    action: str
    cells: tuple[str, ...] = ()
    scope: str = "report"

    def finding(
        self,
        *,
        cells: Iterable[str] = (),
        expected: Number | str | None = None,
        found: Number | str | None = None,
        evidence: str = "",
        against: str | None = None,
        where: str = "",
        severity: str = "",
        note: str = "",
        **fields: object,
    ) -> Finding:
        """Return a finding of this rule; ``fields`` fill the template, ``note`` is said after what happened."""
        what = self.message.format(expected=expected, found=found, evidence=evidence, against=against, **fields)
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            message=f"{what}{note}。依据：{self.source}。{self.action}。",
            cells=tuple(cells),
            expected=expected,
            found=found,
            evidence=evidence,
            against=against,
            where=where,
            rule=self.id,
        )


def _load() -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    for name in _FILES:
        text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
        for data in tomllib.loads(text)["rule"]:
            rule = Rule(**data | {"cells": tuple(data.get("cells", ()))})
            assert rule.id not in rules
            rules[rule.id] = rule
    return MappingProxyType(rules)


RULES: Mapping[str, Rule] = _load()
"""Every rule of the audit by its id, in the order of the groups A to E of the design."""
