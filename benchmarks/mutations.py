"""Plant one error in valid reports, once per finding code, and count how often the audit finds it.

Reports and prose are generated (``tests/builders``); nothing in them is wrong until one error is planted. Prints per
code: errors planted, found (recall), and for the untouched reports how many error findings there were (must be 0).

    uv run python benchmarks/mutations.py [--scale 0.05] [--code narrative-table] [--show 3]

Exit status 1 if recall is below 0.99 for an arithmetic code or 0.9 for a narrative one, or an untouched report has
an error.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders import reports
from builders.reports import Generated
from gongkai.annual import forms
from gongkai.annual.audit import audit, audit_series
from gongkai.annual.report import Cell, Report, State
from gongkai.law.levels import level_of

NARRATIVE = {"narrative-table", "narrative-sum", "percentage", "count-of-items"}
Planted = Report | Sequence[Report] | None
"""One report, a series whose last report is wrong, or ``None`` where this report has no place for the error."""


def table_cells(report: Report, table: str) -> list[str]:
    return [key for key, cell in report.cells.items() if key.startswith(f"{table}.") and cell.value is not None]


def moved(rng: random.Random, number: int) -> int:
    """Return a wrong number that is not negative."""
    candidates = [number + step for step in (-10, -2, -1, 1, 2, 10, 100) if number + step >= 0]
    return rng.choice(candidates)


def changed(generated: Generated, values: dict[str, int | Decimal | str]) -> Report:
    return generated.with_cells({key: str(value) for key, value in values.items()})


def shifted(report: Generated, step: int, *keys: str) -> Report:
    """Move several cells by the same step, so that the sums among them stay right."""
    return changed(report, {key: report.report.cells[key].value + step for key in keys})


def row_sum(rng: random.Random, made: Generated) -> Planted:
    table = forms.table(made.report.edition, "requests")
    key = table.key_of(rng.choice(table.rows).key, "total")
    return changed(made, {key: moved(rng, int(made.report.value(key)))})


def column_sum(rng: random.Random, made: Generated) -> Planted:
    column = rng.choice(["natural_person", "commercial"])
    return shifted(made, rng.choice([1, 2, 10]), f"requests.outcome_total.{column}", "requests.outcome_total.total")


def balance(rng: random.Random, made: Generated) -> Planted:
    column = rng.choice(["natural_person", "commercial", "other_org"])
    row = rng.choice(["received", "carried_in", "carried_out"])
    return shifted(made, rng.choice([1, 3, 20]), f"requests.{row}.{column}", f"requests.{row}.total")


def remedy_sum(rng: random.Random, made: Generated) -> Planted:
    key = rng.choice([key for key in table_cells(made.report, "remedies") if key.endswith(".total")])
    return changed(made, {key: moved(rng, int(made.report.value(key)))})


def parts_of_older_form(rng: random.Random, made: Generated) -> Planted:
    keys = {"2008": "summary_2008.requests_received.year", "2014": "statistics_2014.requests_received"}
    key = keys[made.report.edition]
    number = made.report.value(key)
    return None if not number else changed(made, {key: moved(rng, int(number))})


def level(rng: random.Random, made: Generated) -> Planted:
    if made.body.level not in {"county", "town", "department"}:
        return None
    last = "in_force" if made.report.edition == "2021" else "total"
    number = rng.randint(1, 40)
    return changed(made, {"proactive.rules.made": number, f"proactive.rules.{last}": number})


def blank_cell(rng: random.Random, made: Generated) -> Planted:
    key = rng.choice(table_cells(made.report, "requests"))
    printed = rng.choice(["", "/", "-"])
    cell = Cell(key, State.NOT_APPLICABLE if printed else State.BLANK, None, printed)
    return replace(made.report, cells={**made.report.cells, key: cell})


def missing_section(rng: random.Random, made: Generated) -> Planted:
    gone = rng.randrange(len(made.report.sections))
    table = {1: "proactive", 2: "requests", 3: "remedies"}.get(gone, "none")  # the table goes with its section
    return replace(
        made.report,
        sections=tuple(section for number, section in enumerate(made.report.sections) if number != gone),
        cells={key: cell for key, cell in made.report.cells.items() if not key.startswith(f"{table}.")},
    )


def period(rng: random.Random, made: Generated) -> Planted:
    wrong = {"first": str(made.report.year - 1), "first_month": "2", "last_month": "11", "last_day": "30"}
    fact, slot = rng.choice([(fact, slot) for fact, slot in made.slots("period") if slot.name in wrong])
    return made.with_slot(fact, slot, wrong[slot.name])


def edition(rng: random.Random, made: Generated) -> Planted:
    wrong = {"2021": rng.choice([2016, 2019, 2020]), "2019": rng.choice([2018, 2021, 2024]), "2008": 2022, "2014": 2021}
    year = wrong[made.report.edition]
    return replace(made.report, year=year, period=(date(year, 1, 1), date(year, 12, 31)))


def flow_equals_stock(rng: random.Random, made: Generated) -> Planted:
    number = rng.randint(10, 400)
    row = "proactive.normative_documents"
    columns = ("made", "in_force") if made.report.edition == "2021" else ("made", "published", "total")
    return changed(made, {f"{row}.{column}": number for column in columns})


def unit(rng: random.Random, made: Generated) -> Planted:
    key = "proactive.charges.amount_wan"
    if made.report.edition != "2021" or not made.report.value(key):
        return None
    cell = made.report.cells[key]
    wrong = replace(cell, value=cell.value * 10_000, unit="元")
    return replace(made.report, cells={**made.report.cells, key: wrong})


def saying(made: Generated, words: str) -> Report:
    """Return the report with ``words`` as one more paragraph of its first section."""
    first, *others = made.report.sections
    return replace(made.report, sections=(replace(first, text=f"{first.text}\n{words}"), *others))


def typo(rng: random.Random, made: Generated) -> Planted:
    words = ["截止目前已全部办结。", "加强新政执法公示。", "打通最最后一公里。", "把好文字观。"]
    return saying(made, rng.choice(words))


def outdated_law(rng: random.Random, made: Generated) -> Planted:
    if made.report.year < 2020:
        return None
    return saying(made, rng.choice(["坚持以公开为原则，不公开为例外。", "均在15个工作日内答复申请人。"]))


def former_name(rng: random.Random, made: Generated) -> Planted:
    if made.report.year < 2020:
        return None
    name = rng.choice(["国土资源局", "环保局", "卫计委", "工商局", "质监局", "食药监局", "安监局", "地税局"])
    return saying(made, rng.choice([f"会同县{name}定期更新栏目。", f"{name}、教育局等部门按时公开。"]))


def published_late(rng: random.Random, made: Generated) -> Planted:
    if level_of(made.report.body or "") is None:
        return None  # an invented city is in no list of cities: nobody knows by when it had to publish
    day = date(made.report.year + 1, rng.choice([4, 5, 6]), rng.randint(1, 28))
    head = rng.choice([f"发布日期：{day}", f"发布时间：{day.year}年{day.month}月{day.day}日"])
    return replace(made.report, preamble=f"{head}\n{made.report.preamble}")


def similar_bodies(rng: random.Random, made: Generated) -> Planted:
    first, *others = made.report.sections
    scattered = rng.sample(_COPIED, 2)
    one = replace(first, text="\n".join([first.text, *scattered]))
    another = reports.valid_report(rng, made.report.edition).report
    if another.body == made.report.body:
        return None
    head, *rest = another.sections
    copied = replace(head, text="\n".join([scattered[1], head.text, scattered[0]]))
    return [replace(made.report, sections=(one, *others)), replace(another, sections=(copied, *rest))]


_COPIED = [
    "持续完善主动公开目录，逐项明确公开内容、公开时限、公开主体和公开渠道，推动教育、医疗、养老等领域信息及时更新，安排专人逐条核查、补录、归档。",
    "聚焦重大项目建设，定期公开进展情况、实施主体和监督电话，邀请企业代表和居民代表走进办事大厅体验流程，听取意见建议，逐条研究并反馈办理结果。",
    "围绕基层政务公开标准化规范化，梳理公开事项、编制办理流程图，在便民服务点设置查阅专区和自助终端，由专人引导老年群众使用，让政策看得懂、用得上。",
]


def planted_in_prose(code: str) -> Callable[[random.Random, Generated], Planted]:
    """Return what plants one wrong figure into a statement that the report itself contradicts."""

    def plant(rng: random.Random, made: Generated) -> Planted:
        slots = made.slots(code)
        if not slots:
            return None
        fact, slot = rng.choice(slots)
        printed, value = slot.figure.printed, slot.figure.value
        if printed != str(value):
            return None  # written in words or with a unit inside: another template carries the plain figure
        if slot.figure.role in {"share", "growth"}:
            step = rng.choice([Decimal(3), Decimal("1.5"), Decimal(10)])
            wrong = str(Decimal(str(value)) + step)
        else:
            least = int(value) // 10 + 1 if code == "percentage" else 1  # enough to move a share in its printed digit
            wrong = str(int(value) + least * rng.choice([1, 2, 10]))
        return made.with_slot(fact, slot, wrong)

    return plant


def years_of(rng: random.Random, first: int, last: int) -> list[Generated]:
    return reports.series(rng, range(first, last + 1))


def carry_over(rng: random.Random, made: Generated) -> Planted:
    del made
    before, after = years_of(rng, 2022, 2023)
    step = rng.choice([1, 2, 5])
    column = "natural_person"
    wrong = shifted(
        after, step, f"requests.carried_in.{column}", "requests.carried_in.total",
        f"requests.outcome_total.{column}", "requests.outcome_total.total",
        f"requests.granted.{column}", "requests.granted.total",
    )  # fmt: skip
    return [before.report, wrong]


def stock_flow(rng: random.Random, made: Generated) -> Planted:
    del made
    before, after = years_of(rng, 2022, 2023)
    return [before.report, shifted(after, rng.choice([1, 2, 9]), "proactive.normative_documents.in_force")]


def cumulative(rng: random.Random, made: Generated) -> Planted:
    del made
    before, after = years_of(rng, 2012, 2013)
    key = "summary_2008.requests_received.cumulative"
    number = after.report.value(key)
    return None if number is None else [before.report, changed(after, {key: moved(rng, int(number))})]


def similar(rng: random.Random, made: Generated) -> Planted:
    del made
    before, after = years_of(rng, 2022, 2023)
    return [before.report, replace(after.report, sections=before.report.sections, preamble=before.report.preamble)]


def duplicate(rng: random.Random, made: Generated) -> Planted:
    return [replace(made.report, file="a.html"), replace(made.report, file="b.html")]


ARITHMETIC: dict[str, tuple[tuple[str, ...], Callable[[random.Random, Generated], Planted]]] = {
    "row-sum": (("2021", "2019"), row_sum),
    "column-sum": (("2021", "2019"), column_sum),
    "column-sum (older)": (("2014", "2008"), parts_of_older_form),
    "balance": (("2021", "2019"), balance),
    "remedy-sum": (("2021", "2019"), remedy_sum),
    "level": (("2021", "2019"), level),
    "blank-cell": (("2021", "2019"), blank_cell),
    "missing-section": (("2021", "2019"), missing_section),
    "period": (("2021", "2019"), period),
    "edition": (("2021", "2019", "2014", "2008"), edition),
    "flow-equals-stock": (("2021", "2019"), flow_equals_stock),
    "unit": (("2021",), unit),
    "carry-over": (("2021",), carry_over),
    "stock-flow": (("2021",), stock_flow),
    "cumulative": (("2008",), cumulative),
    "duplicate-report": (("2021",), duplicate),
    "similar-to-last-year": (("2021",), similar),
    "typo": (("2021", "2019"), typo),
    "outdated-law": (("2021", "2019"), outdated_law),
    "former-name": (("2021",), former_name),
    "published-late": (("2021", "2019"), published_late),
    "similar-to-other-body": (("2021", "2019"), similar_bodies),
}
PLANTS = ARITHMETIC | {code: (("2021", "2019", "2014", "2008"), planted_in_prose(code)) for code in sorted(NARRATIVE)}


@dataclass
class Score:
    """How one code fared."""

    planted: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the planted errors that were found."""
        return self.found / self.planted if self.planted else 1.0


def findings_of(planted: Report | Sequence[Report]) -> list[str]:
    """Return the codes found in the report, or in the last of the series."""
    if isinstance(planted, Report):
        return [finding.code for finding in audit(planted)]
    return [finding.code for findings in audit_series(planted) for finding in findings]


def score(name: str, count: int, seed: int) -> Score:
    """Plant ``count`` errors of one code and look for them."""
    editions, plant = PLANTS[name]
    code, _, _ = name.partition(" ")
    result = Score()
    number = 0
    while result.planted < count and number < 20 * count:
        number += 1
        rng = random.Random(f"{seed}-{name}-{number}")
        made = reports.valid_report(rng, rng.choice(editions))
        planted = plant(rng, made)
        if planted is None:
            continue
        result.planted += 1
        if code in findings_of(planted):
            result.found += 1
        else:
            result.missed.append(f"{made.report.edition} {made.report.title} (number {number})")
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the 1 000 errors per code")
    parser.add_argument("--code", choices=sorted(PLANTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="missed reports to print per code")
    arguments = parser.parse_args()
    failed = False
    reports_wanted = max(1, round(1000 * arguments.scale))
    clean = [
        finding
        for number in range(reports_wanted)
        for finding in audit(
            reports.valid_report(random.Random(f"{arguments.seed}-{number}"), forms.EDITIONS[number % 4]).report
        )
        if finding.severity == "error"
    ]
    print(f"untouched: {reports_wanted} reports, {len(clean)} errors")
    for finding in clean[:5]:
        print(f"    {finding.code}: {finding.message}")
    for name in [arguments.code] if arguments.code else PLANTS:
        result = score(name, reports_wanted, arguments.seed)
        bound = 0.9 if name in NARRATIVE else 0.99
        failed |= result.recall < bound
        mark = "" if result.recall >= bound else f"  below {bound}"
        print(f"{name:22} planted {result.planted:5}  found {result.found:5}  recall {result.recall:.4f}{mark}")
        for line in result.missed[: arguments.show]:
            print("   ", line)
    return 1 if failed or clean else 0


if __name__ == "__main__":
    sys.exit(main())
