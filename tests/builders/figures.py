"""Figures of random valid reports: every identity of the form holds, magnitudes are those of real offices.

Each function returns what is printed by cell key; ``printed_value`` reads it back. Nothing here is bound to a test
library: benchmarks use it with a seeded ``random.Random``.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual import forms
from gongkai.annual.report import Cell, Number, State

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

SIZES = {"none": (0, 0), "small": (1, 12), "medium": (20, 260), "large": (400, 3200)}
"""How many applications a body of that size receives in a year, both ends included."""

APPLICANTS = {
    "natural_person": 900,
    "commercial": 50,
    "research": 2,
    "public_welfare": 4,
    "legal_service": 18,
    "other_org": 26,
}
OUTCOMES = {
    "granted": 330,
    "partial": 110,
    "state_secret": 2,
    "prohibited_by_law": 4,
    "endangers_security": 3,
    "third_party_rights": 18,
    "internal_affairs": 9,
    "process_information": 8,
    "enforcement_file": 14,
    "administrative_inquiry": 10,
    "not_held": 280,
    "needs_creation": 24,
    "still_unclear": 12,
    "petition_or_complaint": 22,
    "repeated": 20,
    "publication": 2,
    "unjustified_volume": 3,
    "confirm_or_reissue": 5,
    "not_corrected": 34,
    "fee_unpaid": 2,
    "other": 40,
}

Printed = dict[str, str]
Numbers: TypeAlias = "Mapping[str, int | Decimal]"


def value_of(printed: str) -> Number:
    """Return the number a well-formed cell prints: ``增206`` and ``+206`` are 206, ``减4`` and ``-4`` are −4."""
    words = printed.replace(" ", "").removesuffix("元")
    for sign, meaning in (("增", ""), ("减", "-"), ("+", "")):
        if words.startswith(sign):
            words = meaning + words.removeprefix(sign)
    return Decimal(words) if "." in words else int(words)


def cells_of(printed: Mapping[str, str]) -> dict[str, Cell]:
    """Return the cells that print as given; all of them hold values."""
    return {key: Cell(key, State.VALUE, value_of(text), text) for key, text in printed.items()}


def shared(rng: random.Random, total: int, weights: Sequence[float]) -> list[int]:
    """Share ``total`` items among as many heaps as there are weights, at random."""
    drawn = Counter(rng.choices(range(len(weights)), weights, k=total))
    return [drawn[heap] for heap in range(len(weights))]


def requests(
    rng: random.Random, edition: str, size: str = "medium", carried_in: Mapping[str, int] | None = None
) -> Printed:
    """Table 三. ``carried_in`` gives last year's 结转 by column; without it a few are invented."""
    table = forms.table(edition, "requests")
    leaves = [row.key for row in table.rows if row.leaf]
    weights = [OUTCOMES[leaf] * rng.uniform(0.4, 1.8) for leaf in leaves]
    received = shared(rng, rng.randint(*SIZES[size]), [w * rng.uniform(0.5, 1.5) for w in APPLICANTS.values()])
    counts: dict[str, dict[str, int]] = {}
    for column, new in zip(APPLICANTS, received, strict=True):
        old = carried_in[column] if carried_in is not None else rng.randint(0, new // 12)
        left = rng.randint(0, (new + old) // 10)
        outcome = dict(zip(leaves, shared(rng, new + old - left, weights), strict=True))
        counts[column] = {
            "received": new,
            "carried_in": old,
            **outcome,
            "outcome_total": new + old - left,
            "carried_out": left,
        }
    counts["total"] = {row.key: sum(counts[column][row.key] for column in APPLICANTS) for row in table.rows}
    return {
        table.key_of(row.key, column.key): str(counts[column.key][row.key])
        for row in table.rows
        for column in table.blocks[0].columns
    }


def remedies(rng: random.Random, edition: str, size: str = "medium", last: Numbers | None = None) -> Printed:
    """Table 四: reconsideration, and litigation with and without it. What was pending last year is counted again."""
    table = forms.table(edition, "remedies")
    last = last or {}
    most = SIZES[size][1] // 18
    printed: Printed = {}
    reviewed = 0
    for row in table.rows:
        after = row.key == "litigation_after_reconsideration"
        limit = most if row.key == "reconsideration" else min(most // 3, reviewed) if after else most // 3
        cases = 0 if rng.random() < 0.2 else rng.randint(0, limit)
        if row.key == "reconsideration":
            # Those of last year's suits after reconsideration that are still open need as many reviews.
            cases += int(last.get(table.key_of("litigation_after_reconsideration", "pending"), 0))
        cases = max(cases, int(last.get(table.key_of(row.key, "pending"), 0)))
        parts = shared(rng, cases, (60, 12, 20, 8))
        reviewed = cases if row.key == "reconsideration" else reviewed
        for column, number in zip(table.blocks[0].columns, [*parts, cases], strict=True):
            printed[table.key_of(row.key, column.key)] = str(number)
    return printed


def proactive_2021(
    rng: random.Random, *, makes_rules: bool, size: str = "medium", last: Numbers | None = None
) -> Printed:
    """Table 二 of 2021. ``last`` holds last year's numbers; 制发 and 废止 lead from its stock to this year's."""
    last = last or {}
    scale = {"none": 0.05, "small": 0.2, "medium": 1.0, "large": 4.0}[size]
    printed: Printed = {}
    for row, most in (("rules", 60), ("normative_documents", 400)):
        if row == "rules" and not makes_rules:
            stock = made = repealed = 0
        else:
            fresh = 8 + int(rng.randint(8, most) * scale)
            before = int(last.get(f"proactive.{row}.in_force", last.get(f"proactive.{row}.total", fresh)))
            made = rng.randint(0, max(1, before // 7))
            repealed = rng.randint(0, max(0, min(before, before // 6)))
            stock = before + made - repealed
            if made == stock:
                made, stock = made + 1, stock + 1
        for column, number in (("made", made), ("repealed", repealed), ("in_force", stock)):
            printed[f"proactive.{row}.{column}"] = str(number)
    for row, most in (("permits", 40_000), ("penalties", 9_000), ("coercion", 1_500)):
        printed[f"proactive.{row}.decisions"] = str(int(rng.randint(0, most) * scale))
    digits = rng.choice((0, 0, 1, 2, 2, 4, 6))
    amount = rng.randint(0, int(60_000 * scale) * 10**digits)
    if "proactive.charges.amount_wan" in last:
        amount = _near(rng, last["proactive.charges.amount_wan"], digits)
    printed["proactive.charges.amount_wan"] = _decimal(amount, digits)
    return printed


def proactive_2019(
    rng: random.Random,
    *,
    makes_rules: bool,
    size: str = "medium",
    signs: str = "",
    local: bool = False,
    last: Numbers | None = None,
) -> Printed:
    """Table 二 of the trial form.

    ``signs`` is how 增/减 is printed: ``words`` (增206), ``plus`` (+206) or bare. With ``local`` the columns 上一年 and
    增/减 are replaced by 本年项目数量. ``last`` holds last year's numbers, which this year's carry on from.
    """
    last = last or {}
    scale = {"none": 0.1, "small": 0.3, "medium": 1.0, "large": 3.0}[size]
    printed: Printed = {}
    for row, most in (("rules", 50), ("normative_documents", 300)):
        published = made = total = 0
        if row != "rules" or makes_rules:
            made = rng.randint(0, max(1, int(most * scale) // 8))
            published = made
            stock = int(last.get(f"proactive.{row}.total", rng.randint(3, max(4, int(most * scale)))))
            total = made + stock - rng.randint(0, stock // 8)
        for column, number in (("made", made), ("published", published), ("total", total)):
            printed[f"proactive.{row}.{column}"] = str(number)
    for row, most, decided in (
        ("permits", 420, 30_000),
        ("other_services", 260, 20_000),
        ("penalties", 2_400, 8_000),
        ("coercion", 130, 900),
        ("charges", 24, 0),
    ):
        previous = int(rng.randint(2, most) * scale) + 1
        if f"proactive.{row}.previous" in last:
            previous = int(last[f"proactive.{row}.previous"] + last[f"proactive.{row}.change"])
        previous = int(last.get(f"proactive.{row}.current", previous))
        change = rng.choice((0, 1, -1)) * rng.randint(0, previous // 3)
        if local:
            printed[f"proactive.{row}.current"] = str(previous + change)
        else:
            printed[f"proactive.{row}.previous"] = str(previous)
            printed[f"proactive.{row}.change"] = _signed(change, signs)
        if decided:
            printed[f"proactive.{row}.decisions"] = str(int(rng.randint(0, decided) * scale))
    projects = int(rng.randint(0, 900) * scale)
    digits = rng.choice((0, 2, 2, 4))
    amount = projects * rng.randint(9_000, 900_000) * 10**digits + (rng.randrange(10**digits) if projects else 0)
    if "proactive.procurement.amount_yuan" in last:
        projects = _near(rng, last["proactive.procurement.projects"], 0)
        amount = _near(rng, last["proactive.procurement.amount_yuan"], digits) if projects else 0
    printed["proactive.procurement.projects"] = str(projects)
    printed["proactive.procurement.amount_yuan"] = _decimal(amount, digits)
    return printed


SPLIT_CHANNELS = (
    "requests_in_person",
    "requests_fax",
    "requests_email",
    "requests_online",
    "requests_letter",
    "requests_other_channel",
)
JOINT_CHANNELS = ("requests_in_person", "requests_online", "requests_letter_fax")


def summary_2008(
    rng: random.Random, *, size: str = "medium", before: Mapping[str, int] | None = None, channels: Sequence[str] = ()
) -> Printed:
    """The 附表 of the old regulation. ``before`` gives last year's 历年累计 by row; ``channels`` the rows printed."""
    table = forms.table("2008", "summary_2008")
    channels = channels or rng.choice((SPLIT_CHANNELS, JOINT_CHANNELS))
    website = rng.randint(3, 40) if size in ("none", "small") else rng.randint(200, 9_000)
    gazette = rng.choice((0, 0, rng.randint(1, 240)))
    asked = rng.randint(*SIZES[size]) // 4
    year = dict(zip(channels, shared(rng, asked, [rng.random() + 0.1 for _ in channels]), strict=True))
    answers = ("answers_granted", "answers_partial", "answers_refused", "answers_other")
    year |= dict(zip(answers, shared(rng, asked, (70, 8, 7, 15)), strict=True))
    year |= {
        "disclosed_on_website": website,
        "disclosed_in_gazette": gazette,
        "disclosed_documents": website + gazette,
        "requests_received": asked,
        "answers_total": asked,
        "fee_waived_yuan": rng.choice((0, 0, rng.randint(20, 900))),
        "complaints": rng.choice((0, 0, 1, 2)),
        "reconsiderations": rng.choice((0, 0, 1, 3)),
        "litigations": rng.choice((0, 0, 1)),
    }
    if before is None:
        ago = rng.randint(1, 6)
        before = {row: number * ago for row, number in year.items()}
    return {
        f"summary_2008.{row.key}.{column}": str(year[row.key] + (before[row.key] if column == "cumulative" else 0))
        for row in table.rows
        if row.key in year
        for column in ("year", "cumulative")
    }


def statistics_2014(rng: random.Random, *, size: str = "medium") -> Printed:
    """The national statistics table of report years 2014 to 2018."""
    table = forms.table("2014", "statistics_2014")
    busy = {"none": 0, "small": 1, "medium": 6, "large": 40}[size]
    numbers = {row.key: rng.randint(0, 9 * busy) for row in table.rows}
    channels = ("via_gazette", "via_website", "via_weibo", "via_wechat", "via_other")
    numbers |= {channel: rng.randint(busy, 400 * busy + 5) for channel in channels}
    numbers["disclosed_total"] = max(numbers[channel] for channel in channels) + rng.randint(0, 50)
    numbers["normative_documents_disclosed"] = rng.randint(0, numbers["normative_documents"])
    numbers["press_conferences_led"] = rng.randint(0, numbers["press_conferences"])
    numbers["online_interviews_led"] = rng.randint(0, numbers["online_interviews"])
    asked = rng.randint(*SIZES[size])
    for total, weights in (
        ("requests_received", (1, 1, 5, 3)),
        ("requests_concluded", (9, 1)),
        ("answers_total", (30, 40, 8, 7, 12, 9, 3, 5)),
    ):
        parts = table.row(total).total_of
        numbers |= {total: asked, **dict(zip(parts, shared(rng, asked, weights), strict=True))}
    refusals = table.row("refused").total_of
    numbers |= dict(zip(refusals, shared(rng, numbers["refused"], [1] * len(refusals)), strict=True))
    for total in ("reconsideration_total", "litigation_total", "staff"):
        numbers[total] = sum(numbers[part] for part in table.row(total).total_of)
    return {table.key_of(row.key, ""): str(numbers[row.key]) for row in table.rows}


def _near(rng: random.Random, before: int | Decimal, digits: int) -> int:
    """Return an amount not far from ``before``, in units of the last of ``digits`` decimal places."""
    return int(before * Decimal(rng.randint(60, 170)) / 100 * 10**digits)


def _signed(change: int, signs: str) -> str:
    if change == 0 or not signs:
        return str(change)
    plus, minus = {"words": ("增", "减"), "spaced": ("增 ", "减 "), "plus": ("+", "-")}[signs]
    return f"{plus if change > 0 else minus}{abs(change)}"


def _decimal(units: int, digits: int) -> str:
    """Return ``units`` of the last decimal place as an office prints it: no trailing zeros."""
    if not digits:
        return str(units)
    return f"{Decimal(units).scaleb(-digits):f}".rstrip("0").rstrip(".")
