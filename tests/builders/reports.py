"""Random reports in which everything is right: tables, prose, and the two together.

``valid_report`` makes one, ``series`` several years of one body that agree with each other. With the report come the
facts its prose states (``builders.prose.Fact``), so that a wrong number can be planted: ``Generated.with_slot`` returns
the report with one figure of the prose replaced, ``Generated.with_cells`` with cells replaced.
"""

# ruff: noqa: E501 -- a sentence of a report is kept on one line

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from builders import figures, old_prose, phrases
from builders.figures import cells_of
from builders.phrases import Told
from builders.places import Body, body
from builders.prose import PERIOD, Fact, Figure, Passage, Slot
from gongkai.annual import forms
from gongkai.annual.report import Report, Section

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

YEARS = {"2021": (2021, 2025), "2019": (2019, 2020), "2014": (2014, 2018), "2008": (2008, 2018)}

SIZES_OF = {
    "prefecture": ("medium", "large"),
    "county": ("small", "medium"),
    "town": ("none", "small"),
    "department": ("none", "small", "small", "medium"),
}
"""How busy the bodies of a level are."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A report and what its prose states."""

    report: Report
    facts: tuple[Fact, ...]
    body: Body

    def slots(self, code: str) -> list[tuple[Fact, Slot]]:
        """Return every figure of the prose in which a wrong number must raise ``code``."""
        return [(fact, slot) for fact in self.facts for slot in fact.planted(code)]

    def with_slot(self, fact: Fact, slot: Slot, words: str) -> Report:
        """Return the report with ``words`` in place of the figure in ``slot``."""
        if fact.section is None:
            text = self.report.preamble
            return replace(self.report, preamble=text[: slot.start] + words + text[slot.end :])
        sections = list(self.report.sections)
        text = sections[fact.section].text
        sections[fact.section] = replace(sections[fact.section], text=text[: slot.start] + words + text[slot.end :])
        return replace(self.report, sections=tuple(sections))

    def with_cells(self, printed: Mapping[str, str]) -> Report:
        """Return the report with the cells of ``printed`` printed so."""
        return replace(self.report, cells={**self.report.cells, **cells_of(printed)})


def valid_report(
    rng: random.Random,
    edition: str = "2021",
    *,
    year: int | None = None,
    of: Body | None = None,
    size: str | None = None,
    previous: Report | None = None,
) -> Generated:
    """Make a report of ``edition`` that has no error. ``previous`` is last year's, which it then carries on from."""
    who = of or body(rng)
    size = size or rng.choice(SIZES_OF[who.level])
    year = year or rng.randint(*YEARS[edition])
    printed = _figures(rng, edition, who, size, previous)
    cells = cells_of(printed)
    numbers = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    told = Told(rng, who, year, numbers, _numbers(previous))
    preamble = _preamble(told, edition)
    passages = old_prose.sections(told, edition) if edition in ("2014", "2008") else _sections(told)
    facts = [*preamble.facts, *(fact for _, passage in passages for fact in passage.facts)]
    style = rng.choice(("政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作年度报告"))
    report = Report(
        edition=edition,
        cells=cells,
        title=f"{who.name}{year}年{style}",
        body=who.name,
        year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        table_editions={table.key: edition for table in forms.form(edition).tables},
        sections=tuple(
            Section(number, title, passage.finished()) for number, (title, passage) in enumerate(passages, 1)
        ),
        preamble=preamble.finished(),
    )
    return Generated(report, tuple(facts), who)


def series(
    rng: random.Random, years: Sequence[int], *, of: Body | None = None, size: str | None = None, old: str = "2008"
) -> list[Generated]:
    """Make the reports of one body for consecutive ``years``, each carrying on from the one before.

    ``old`` is the edition of the years before 2019.
    """
    who = of or body(rng)
    size = size or rng.choice(SIZES_OF[who.level])
    made: list[Generated] = []
    for year in years:
        edition = "2021" if year >= 2021 else "2019" if year >= 2019 else old
        last = made[-1].report if made else None
        made.append(valid_report(rng, edition, year=year, of=who, size=size, previous=last))
    return made


def _numbers(report: Report | None) -> dict[str, int | Decimal]:
    cells = report.cells if report is not None else {}
    return {key: cell.value for key, cell in cells.items() if cell.value is not None}


def _figures(rng: random.Random, edition: str, who: Body, size: str, previous: Report | None) -> dict[str, str]:
    last = previous.edition if previous is not None else ""
    numbers = _numbers(previous)
    if edition == "2014":
        return figures.statistics_2014(rng, size=size)
    if edition == "2008":
        if last != "2008":
            return figures.summary_2008(rng, size=size)
        rows = [key.split(".")[1] for key in numbers if key.endswith(".year")]
        split = figures.SPLIT_CHANNELS if "requests_fax" in rows else figures.JOINT_CHANNELS
        before = {row: int(numbers[f"summary_2008.{row}.cumulative"]) for row in rows}
        return figures.summary_2008(rng, size=size, before=before, channels=split)
    carried = None
    if last in ("2019", "2021"):
        carried = {column: int(numbers[f"requests.carried_out.{column}"]) for column in figures.APPLICANTS}
    if edition == "2021":
        table = figures.proactive_2021(rng, makes_rules=who.makes_rules, size=size, last=numbers)
    else:
        local = rng.random() < 0.2
        signs = rng.choice(("", "words", "spaced", "plus"))
        table = figures.proactive_2019(
            rng, makes_rules=who.makes_rules, size=size, signs=signs, local=local, last=numbers
        )
    return {
        **table,
        **figures.requests(rng, edition, size, carried),
        **figures.remedies(rng, edition, size, numbers),
    }


BASES = {
    "2021": "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2014": "《国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知》（国办发〔2014〕32号）",
    "2008": "本省关于编制政府信息公开工作年度报告的要求",
}


def _preamble(told: Told, edition: str) -> Passage:
    rng = told.rng
    passage = Passage(None)
    passage.say("preamble.basis", f"本报告根据《中华人民共和国政府信息公开条例》和{BASES[edition]}编制。")
    year = str(told.year)
    dates = {
        "first": Figure(told.year, year, PERIOD, role="date"),
        "first_month": Figure(1, code=PERIOD, role="date"),
        "last": Figure(told.year, year, PERIOD, role="date"),
        "last_month": Figure(12, code=PERIOD, role="date"),
        "last_day": Figure(31, code=PERIOD, role="date"),
    }
    begin, end = "{first}年{first_month}月1日", "{last}年{last_month}月{last_day}日"
    wordings = {
        "period.from": f"报告中所列数据的统计期限自{begin}起至{end}止。",
        "period.is": f"本报告所列数据统计期限为{begin}至{end}。",
        "period.spaced": f"统计期限自{begin}至{end}。".replace("年", " 年 ").replace("月", " 月 ").replace("日", " 日"),
    }
    name = rng.choice(sorted(wordings))
    passage.say(name, wordings[name], **dates)
    if rng.random() < 0.6:
        passage.break_line()
        passage.say(
            "preamble.contact",
            f"如对本报告有疑问，请与{told.body.name}办公室联系（地址：{told.body.name[:3]}和平路{rng.randint(1, 300)}号；"
            f"邮编：{rng.randint(100_000, 899_999)}；电话：0{rng.randint(300, 999)}-{rng.randint(2_000_000, 8_999_999)}）。",
        )
    return passage


def _sections(told: Told) -> list[tuple[str, Passage]]:
    """The six sections of the forms of 2019 and 2021."""
    rng = told.rng
    one = Passage(0)
    one.say(
        "general.opening", f"{told.year}年，{told.body.name}坚持以公开为常态、不公开为例外，持续提升政府信息公开质量。"
    )
    for numeral, title, candidates in (
        ("一", "主动公开", (phrases.documents, phrases.decisions, phrases.categories, phrases.interpretations)),
        (
            "二",
            "依申请公开",
            (phrases.requests_received, phrases.applicants, phrases.outcomes, phrases.channels, phrases.remedies),
        ),
        ("三", "政府信息管理", (phrases.classified,)),
        ("四", "平台建设", (phrases.media,)),
    ):
        one.break_line()
        one.say("general.head", f"（{numeral}）{title}情况。")
        chosen = [function for function in candidates if rng.random() < 0.6] or [candidates[0]]
        if numeral == "二" and rng.random() < 0.5:
            chosen.append(phrases.requests_growth)
        for function in chosen:
            function(one, told)
    one.break_line()
    one.say("general.supervision", "（五）监督保障情况。把政府信息公开纳入年度考核，未发生需要追究责任的情形。")
    if rng.random() < 0.5:
        one.say(
            "general.training",
            "全年举办业务培训{classes}期，参训{people}人次。",
            classes=Figure(rng.randint(2, 9)),
            people=Figure(rng.randint(40, 900)),
        )
    others = [Passage(index) for index in range(1, 6)]
    if rng.random() < 0.3:
        phrases.remedies(others[2], told)
    phrases.problems(others[3], told)
    others[4].say(
        "fees",
        rng.choice(
            ("本年度未收取信息处理费。", "无其他需要报告的事项。", "本年度发出收费通知0件，收取信息处理费0元。")
        ),
    )
    fourth = rng.choice(("政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"))
    fifth = rng.choice(("存在的主要问题及改进情况", "存在的主要问题及改进情况", "存在的主要问题及整改措施"))
    titles = (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        fourth,
        fifth,
        "其他需要报告的事项",
    )
    return list(zip(titles, [one, *others], strict=True))
