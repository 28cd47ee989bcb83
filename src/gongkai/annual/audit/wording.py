"""Words that should not stand in the report: slips, outdated law, years that are not those of the report."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from gongkai.annual.audit.registry import RULES
from gongkai.text.former_names import find_former_names
from gongkai.text.gaps import close_gaps
from gongkai.text.outdated import find_outdated
from gongkai.text.proofreading import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.finding import Finding
    from gongkai.text.gaps import Closed

_RELATIVE = re.compile("去年|前年|今年")
_COMPARED = re.compile("(?:比|较|与|同|和|超|上)$")
_COMPARISON = re.compile("^(?:同期|相比|的?\\d|同比|底|结转)")
_STALE = re.compile(
    r"(?P<year>20\d\d)年度?，?(?=我[市县区局镇乡办委厅省州]|本[机级]|全[市县区局镇乡省州]|共|累计|新收|收到|受理|办结|主动公开)"
)
_LOOKING_BACK = re.compile("问题|整改|改进|结转|相比|较|同比|同期|以来|期间|计划|规划|下一步|将")


def check_wording(context: Context) -> Iterator[Finding]:
    """Yield the findings on single words of the prose."""
    text = close_gaps(context.report.prose)
    for slip in find(text):
        yield RULES["E6"].finding(
            expected=slip.suggestion, found=slip.found, evidence=slip.found, why=f"（{slip.note}）" if slip.note else ""
        )
    yield from _outdated(context, text)
    yield from _former(context, text)
    yield from _years(context)


def _outdated(context: Context, text: Closed) -> Iterator[Finding]:
    """Law that no longer held on the last day of the year the report speaks of."""
    if context.report.year is None:
        return
    for phrase in find_outdated(text, date(context.report.year, 12, 31)):
        yield RULES["E5"].finding(
            expected=phrase.instead,
            found=phrase.found,
            evidence=phrase.found,
            article=phrase.article,
            since=phrase.since,
        )


def _former(context: Context, text: Closed) -> Iterator[Finding]:
    """Names of bodies that had ended before the year began; each is named once."""
    if context.report.year is None:
        return
    said: set[str] = set()
    for name in find_former_names(text, date(context.report.year, 1, 1)):
        if (plain := "".join(name.found.split())) in said:
            continue
        said.add(plain)
        yield RULES["E4"].finding(
            expected=name.instead, found=plain, evidence=name.found, since=name.since, document=name.source
        )


def _years(context: Context) -> Iterator[Finding]:
    """去年 in a text read next year; a sentence about the report's facts that opens with the year before."""
    said: set[str] = set()
    for passage in context.passages:
        text = passage.text
        for match in _RELATIVE.finditer(text):
            before, after = text[: match.start()], text[match.end() : match.end() + 4]
            if match[0] in said or _COMPARED.search(before[-1:]) or _COMPARISON.search(after):
                continue
            said.add(match[0])
            yield RULES["E3r"].finding(
                found=match[0],
                evidence=passage.printed(match.start(), min(match.end() + 8, len(text))),
                where=passage.title,
            )
        year = context.report.year
        if year is None or "问题" in passage.title:
            continue
        for match in _STALE.finditer(text):
            end = text.find("。", match.end())
            sentence = text[match.start("year") : end if end >= 0 else len(text)]
            opens = match.start() == 0 or text[match.start() - 1] in "。！？"
            if (
                opens
                and int(match["year"]) == year - 1
                and not _LOOKING_BACK.search(sentence)
                and str(year) not in sentence
            ):
                yield RULES["E3y"].finding(
                    expected=year,
                    found=int(match["year"]),
                    evidence=passage.printed(match.start("year"), match.end()),
                    where=passage.title,
                )
