"""Reports for the audit: one small body whose figures agree, told in sentences written for these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual import forms
from gongkai.annual.report import Cell, Report, Section, State, Unreadable

COLUMNS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other_org")
REQUESTS = {
    "received": (36, 3, 0, 0, 1, 0),
    "carried_in": (4, 0, 0, 0, 0, 0),
    "granted": (14, 2, 0, 0, 0, 0),
    "partial": (5, 0, 0, 0, 0, 0),
    "internal_affairs": (2, 0, 0, 0, 0, 0),
    "enforcement_file": (3, 0, 0, 0, 0, 0),
    "not_held": (7, 0, 0, 0, 1, 0),
    "needs_creation": (1, 0, 0, 0, 0, 0),
    "petition_or_complaint": (2, 0, 0, 0, 0, 0),
    "repeated": (0, 1, 0, 0, 0, 0),
    "not_corrected": (1, 0, 0, 0, 0, 0),
    "other": (2, 0, 0, 0, 0, 0),
    "outcome_total": (37, 3, 0, 0, 1, 0),
    "carried_out": (3, 0, 0, 0, 0, 0),
}
REMEDIES = {
    "reconsideration": (4, 1, 2, 1, 8),
    "litigation_direct": (2, 0, 0, 1, 3),
    "litigation_after_reconsideration": (1, 1, 0, 0, 2),
}
PROACTIVE_2021 = {
    "rules.made": 0,
    "rules.repealed": 0,
    "rules.in_force": 0,
    "normative_documents.made": 12,
    "normative_documents.repealed": 3,
    "normative_documents.in_force": 90,
    "permits.decisions": 5200,
    "penalties.decisions": 310,
    "coercion.decisions": 25,
    "charges.amount_wan": 812,
}
PROACTIVE_2019 = {
    "rules.made": 0,
    "rules.published": 0,
    "rules.total": 0,
    "normative_documents.made": 12,
    "normative_documents.published": 12,
    "normative_documents.total": 90,
    "permits.previous": 210,
    "permits.change": -4,
    "permits.decisions": 5200,
    "other_services.previous": 30,
    "other_services.change": 0,
    "other_services.decisions": 90,
    "penalties.previous": 900,
    "penalties.change": 12,
    "penalties.decisions": 310,
    "coercion.previous": 40,
    "coercion.change": 0,
    "coercion.decisions": 25,
    "charges.previous": 6,
    "charges.change": 0,
    "procurement.projects": 12,
    "procurement.amount_yuan": 4_500_000,
}
SUMMARY = {
    "disclosed_documents": (620, 4100),
    "disclosed_on_website": (600, 4000),
    "disclosed_in_gazette": (20, 100),
    "requests_received": (9, 31),
    "requests_in_person": (2, 9),
    "requests_online": (6, 20),
    "requests_letter_fax": (1, 2),
    "answers_total": (9, 31),
    "answers_granted": (6, 22),
    "answers_partial": (1, 3),
    "answers_refused": (1, 4),
    "answers_other": (1, 2),
    "fee_waived_yuan": (0, 0),
    "complaints": (0, 1),
    "reconsiderations": (2, 5),
    "litigations": (0, 1),
}
TEXTS = {
    "总体情况": (
        "（一）主动公开。及时公开各类政府信息。（二）依申请公开。规范登记和答复申请。（三）政府信息管理。健全目录。"
        "（四）平台建设。维护政府网站。（五）监督保障。开展业务培训。"
    ),
    "主动公开政府信息情况": "",
    "收到和处理政府信息公开申请情况": "",
    "政府信息公开行政复议、行政诉讼情况": "",
    "存在的主要问题及改进情况": "主动公开的及时性、答复的规范性还需加强，下一步将完善机制并加强指导。",
    "其他需要报告的事项": "本年度没有收取信息处理费。",
}


def value(key: str, number: int, printed: str = "") -> Cell:
    return Cell(key, State.VALUE, number, printed or str(number))


def requests(edition: str) -> dict[str, int]:
    numbers = {}
    for row in forms.table(edition, "requests").rows:
        counts = REQUESTS.get(row.key, (0,) * 6)
        if edition == "2019" and row.key == "other":
            counts = tuple(a + b for a, b in zip(counts, REQUESTS["not_corrected"], strict=True))
        numbers |= {f"requests.{row.key}.{column}": n for column, n in zip(COLUMNS, counts, strict=True)}
        numbers[f"requests.{row.key}.total"] = sum(counts)
    return numbers


def figures(edition: str) -> dict[str, int]:
    if edition == "2008":
        return {
            f"summary_2008.{row}.{column}": number
            for row, pair in SUMMARY.items()
            for column, number in zip(("year", "cumulative"), pair, strict=True)
        }
    proactive = PROACTIVE_2021 if edition == "2021" else PROACTIVE_2019
    columns = ("upheld", "corrected", "other", "pending", "total")
    return {
        **{f"proactive.{key}": number for key, number in proactive.items()},
        **requests(edition),
        **{
            f"remedies.{block}.{column}": number
            for block, numbers in REMEDIES.items()
            for column, number in zip(columns, numbers, strict=True)
        },
    }


def made(edition: str = "2021", *, say: str = "", year: int | None = None, **changes: object) -> Report:
    """Return the report; ``say`` is added to section 一, ``cells`` overrides cells, the rest are fields of Report."""
    years = {"2021": 2024, "2019": 2020, "2008": 2015}
    year = year or years[edition]
    cells = {key: value(key, number) for key, number in figures(edition).items()}
    for key, number in changes.pop("cells", {}).items():
        if number is None:
            cells[key] = Cell(key, State.BLANK, None, "")
        elif isinstance(number, Cell):
            cells[key] = number
        elif number == "absent":
            del cells[key]
        else:
            cells[key] = value(key, number)
    texts = TEXTS | changes.pop("texts", {})
    if say:
        texts["总体情况"] += "\n" + say
    if edition == "2008":
        texts = {"主动公开政府信息的情况": say, "主要问题和改进措施": "公开的及时性还需加强。"}
    report = Report(
        edition=edition,
        cells=cells,
        file=f"{year}.html",
        title=f"云岚县人民政府{year}年政府信息公开工作年度报告",
        body="云岚县人民政府",
        year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        sections=tuple(Section(number, title, text) for number, (title, text) in enumerate(texts.items(), 1)),
        preamble=f"本报告依据条例编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    )
    return replace(report, **changes)


@pytest.fixture
def report():
    return made


@pytest.fixture(scope="session")
def builder():
    """Return the same function for tests that hypothesis runs many times."""
    return made


@pytest.fixture
def unread():
    """Return a function that takes cells out of a report and puts them down as unreadable."""

    def take(before: Report, printed: str, keys: tuple[str, ...], *candidates: tuple[int, ...]) -> Report:
        row = keys[0].rpartition(".")[0]
        cells = {key: cell for key, cell in before.cells.items() if key not in keys}
        return replace(before, cells=cells, unreadable={row: Unreadable(row, keys, printed, candidates)})

    return take
