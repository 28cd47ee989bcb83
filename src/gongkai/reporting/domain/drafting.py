"""A draft of the narrative with the figures in place. People go on from here; what they write is theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.reporting.facts import kinds
from gongkai.reporting.queries.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gongkai.annual.report import Number
    from gongkai.reporting.models import Fact, Submission
    from gongkai.reporting.queries.cells import Value
    from gongkai.reporting.queries.work import Work

TITLES = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}
"""The six parts of the report (国办公开办函〔2021〕30号; 条例 第五十条)."""

_NUMBER = re.compile(r"^（[一二三四五六七]）|（区分.*")


def draft(
    submission: Submission, found: Mapping[str, Value], facts: Mapping[str, Fact], work: Work
) -> list[list[object]]:
    """Return the sections ``[number, title, text]``; number 0 stands before the first.

    A sentence is written only where its figures are known; part five says what the year's own cases show and leaves
    the rest to people.
    """
    numbers = {key: one.number for key, one in found.items()}
    year = submission.campaign.year
    preamble = (
        f"根据《中华人民共和国政府信息公开条例》第四十九条、第五十条，编制本报告。所列数据的统计期限自{year}年1月1日起，"
        f"至{year}年12月31日止。"
    )
    texts = {
        1: "\n".join(_overview(submission.campaign.edition, year, numbers, facts, work)),
        2: "",
        3: "",
        4: "",
        5: "\n".join(_problems(numbers, work)),
        6: "\n".join(_other(work)),
    }
    return [[0, "", preamble], *([number, title, texts[number]] for number, title in TITLES.items())]


def _overview(
    edition: str, year: int, numbers: Mapping[str, Number | None], facts: Mapping[str, Fact], work: Work
) -> Iterator[str]:
    """Yield the aspects of the year that there is something to say of, numbered as they come."""
    made = (
        f"{year}年制作政府信息{work.made}条，其中主动公开{work.proactive}条、依申请公开{work.on_request}条、"
        f"不予公开{work.withheld}条。"
    )
    aspects = {
        "主动公开": made + _documents(numbers),
        "依申请公开": _requests(edition, numbers) + _remedies(numbers),
        "政府信息管理": _managed(work),
        "平台建设": _typed(facts, ("发布渠道", "政策解读")),
        "监督保障": _typed(facts, ("公众参与", "监督保障")),
    }
    said = [(title, text) for title, text in aspects.items() if text]
    for numeral, (title, text) in zip("一二三四五", said, strict=False):
        yield f"（{numeral}）{title}。{text}"


def _documents(numbers: Mapping[str, Number | None]) -> str:
    made = numbers.get("proactive.normative_documents.made")
    ended = numbers.get("proactive.normative_documents.repealed")
    left = numbers.get("proactive.normative_documents.in_force")
    if made is None or ended is None or left is None:
        return ""
    return f"制发行政规范性文件{made}件，废止{ended}件，现行有效{left}件。"


def _requests(edition: str, numbers: Mapping[str, Number | None]) -> str:
    new, old, done, left = (
        numbers.get(f"requests.{row}.total") for row in ("received", "carried_in", "outcome_total", "carried_out")
    )
    if new is None or old is None or done is None or left is None:
        return ""
    if not new + old:
        return "本年新收政府信息公开申请0件，无上年结转。"
    carried = f"，上年结转{old}件" if old else ""
    words = f"本年新收政府信息公开申请{new}件{carried}；办结{done}件，结转下年度{left}件。"
    ways = [f"{way}{count}件" for way, count in _ways(edition, numbers).items() if count]
    return words + (f"办结的申请中，{'、'.join(ways)}。" if ways else "")


def _ways(edition: str, numbers: Mapping[str, Number | None]) -> dict[str, Number]:
    """Return how many ended in each of the ways that the form groups: 予以公开, 部分公开, 不予公开 …."""
    found: dict[str, Number] = {}
    for row in forms.table(edition, "requests").rows:
        if row.leaf:
            way = _NUMBER.sub("", (*row.group, row.caption)[1])
            found[way] = found.get(way, 0) + (numbers.get(f"requests.{row.key}.total") or 0)
    return found


def _remedies(numbers: Mapping[str, Number | None]) -> str:
    blocks = {
        "reconsideration": "行政复议",
        "litigation_direct": "未经复议直接起诉的行政诉讼",
        "litigation_after_reconsideration": "复议后起诉的行政诉讼",
    }
    found = {words: numbers.get(f"remedies.{key}.total") for key, words in blocks.items()}
    if any(value is None for value in found.values()):
        return ""
    said = [f"{words}{value}件" for words, value in found.items() if value]
    return (
        f"因政府信息公开工作引起{'、'.join(said)}。" if said else "未发生因政府信息公开工作引起的行政复议、行政诉讼。"
    )


def _managed(work: Work) -> str:
    return f"公开属性在起草时确定并经保密审查；年末在册政府信息{work.cumulative}条。" if work.cumulative else ""


def _typed(facts: Mapping[str, Fact], groups: Iterable[str]) -> str:
    said = []
    for group in groups:
        parts = [
            f"{kind.caption}{plain(facts[key].value)}{kind.unit}"
            for key, kind in kinds().items()
            if kind.group == group and key in facts
        ]
        if parts:
            said.append(f"{group}：{'、'.join(parts)}。")
    return "".join(said)


def _problems(numbers: Mapping[str, Number | None], work: Work) -> Iterator[str]:
    """Yield what the year's own cases show; nothing where they show nothing."""
    if work.late:
        yield f"有{work.late}件申请未在法定期限内答复，办理时限管理需要加强。"
    corrected = sum(numbers.get(f"remedies.{block}.corrected") or 0 for block in _BLOCKS)
    if corrected:
        yield f"有{corrected}件行政复议、行政诉讼案件的结果被纠正，答复质量需要提高。"


def _other(work: Work) -> Iterator[str]:
    if work.fee_notices:
        returned = f"，退还{work.refunded_yuan}元" if work.refunded_yuan else ""
        yield f"本年度发出信息处理费收费通知{work.fee_notices}件，收取{work.fees_yuan}元{returned}。"
    else:
        yield "本年度未收取信息处理费。"


_BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
