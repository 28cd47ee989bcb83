"""The figures of 2019 as data, and as the cells of a report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

YEAR = 2019
EDITION = "2019"
KINDS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other_org")


@dataclass(frozen=True, slots=True)
class Stock:
    """Documents of one kind in force at the end of the year, and those made and ended in it."""

    total: int
    made: int
    ended: int

    @property
    def before(self) -> int:
        """Those in force when the year began."""
        return self.total - self.made + self.ended


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a year.

    ``ended`` gives by row of table 三 and kind of applicant how the applications ended, those carried in among them;
    ``remedies`` the cases by block and column of table 四; ``counted`` and ``amounts`` the cells of table 二 that the
    units count in their own systems. All but the printed totals, which follow.
    """

    made: int
    proactive: int
    rules: Stock
    normative: Stock
    received: Mapping[str, int]
    carried_in: Mapping[str, int]
    carried_out: Mapping[str, int]
    channels: Mapping[str, int]
    ended: Mapping[str, Mapping[str, int]]
    remedies: Mapping[str, Mapping[str, int]]
    counted: Mapping[str, int]
    amounts: Mapping[str, Decimal]

    def scaled(self, divisor: int) -> Figures:
        """Return figures of a city so many times smaller: what there is remains, no balance is lost."""
        less = _Divided(divisor)
        ended = {row: less.all(kinds) for row, kinds in self.ended.items()}
        carried_in, carried_out = less.all(self.carried_in), less.all(self.carried_out)
        received = {
            kind: sum(kinds.get(kind, 0) for kinds in ended.values())
            + carried_out.get(kind, 0)
            - carried_in.get(kind, 0)
            for kind in KINDS
        }
        handled = sum(received.values()) + sum(carried_in.values())
        online, letter = handled * 5 // 12, handled * 4 // 12
        return Figures(
            made=less.one(self.made),
            proactive=less.one(self.proactive),
            rules=Stock(*(less.one(number) for number in (self.rules.total, self.rules.made, self.rules.ended))),
            normative=Stock(
                *(less.one(number) for number in (self.normative.total, self.normative.made, self.normative.ended))
            ),
            received=received,
            carried_in=carried_in,
            carried_out=carried_out,
            channels={"online": online, "letter": letter, "in_person": handled - online - letter},
            ended=ended,
            remedies={block: less.all(columns) for block, columns in self.remedies.items()},
            counted=less.all(self.counted),
            amounts=self.amounts,
        )

    def cells(self) -> dict[str, int | Decimal]:
        """Return the cells of the tables that the city's cases and counts add up to, totals included.

        Table 二's rules and normative documents have their stock alone.
        """
        found: dict[str, int | Decimal] = dict(self._requests())
        for block, columns in self.remedies.items():
            for column in ("upheld", "corrected", "other", "pending"):
                found[f"remedies.{block}.{column}"] = columns.get(column, 0)
            found[f"remedies.{block}.total"] = sum(columns.values())
        found |= {f"proactive.{key}": count for key, count in self.counted.items()}
        found |= {f"proactive.{key}": amount for key, amount in self.amounts.items()}
        return found | {
            "proactive.rules.total": self.rules.total,
            "proactive.normative_documents.total": self.normative.total,
        }

    def _requests(self) -> Iterator[tuple[str, int]]:
        rows = {"received": self.received, "carried_in": self.carried_in, "carried_out": self.carried_out}
        rows |= {row: self.ended.get(row, {}) for row in ROWS}
        rows["outcome_total"] = {kind: sum(kinds.get(kind, 0) for kinds in self.ended.values()) for kind in KINDS}
        for row, kinds in rows.items():
            for kind in KINDS:
                yield f"requests.{row}.{kind}", kinds.get(kind, 0)
            yield f"requests.{row}.total", sum(kinds.values())


ROWS = (
    "granted",
    "partial",
    "state_secret",
    "prohibited_by_law",
    "endangers_security",
    "third_party_rights",
    "internal_affairs",
    "process_information",
    "enforcement_file",
    "administrative_inquiry",
    "not_held",
    "needs_creation",
    "still_unclear",
    "petition_or_complaint",
    "repeated",
    "publication",
    "unjustified_volume",
    "confirm_or_reissue",
    "other",
)
"""How an application ends, in the order of table 三 of the form of 2019: 三（六） is one row."""


@dataclass(frozen=True, slots=True)
class _Divided:
    by: int

    def one(self, number: int) -> int:
        return -(-number // self.by)

    def all(self, numbers: Mapping[str, int]) -> dict[str, int]:
        return {key: self.one(number) for key, number in numbers.items()}


@cache
def figures() -> Figures:
    """Return the figures that were printed for 2019."""
    data: dict[str, Any] = tomllib.loads(
        files("gongkai.demo.prefecture").joinpath("figures.toml").read_text(encoding="utf-8")
    )
    return Figures(
        made=data["records"]["made"],
        proactive=data["records"]["proactive"],
        rules=Stock(**data["stock"]["rules"]),
        normative=Stock(**data["stock"]["normative"]),
        amounts={key: Decimal(amount) for key, amount in data["amounts"].items()},
        **{
            name: data[name]
            for name in ("received", "carried_in", "carried_out", "channels", "ended", "remedies", "counted")
        },
    )
