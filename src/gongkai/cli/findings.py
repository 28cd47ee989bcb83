"""The findings of an audit as people read them: gravest first, with the words and numbers they rest on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gongkai.annual.audit import RULES
from gongkai.annual.audit.captions import names
from gongkai.annual.finding import SEVERITIES
from gongkai.cli.tables import SEVERITY_MARKS, SEVERITY_STYLES, SEVERITY_WORDS, facts, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from gongkai.annual.audit.registry import Rule
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

_MANY_CELLS = 4


def findings_view(report: Report, findings: Sequence[Finding]) -> RenderableType:
    """Return the findings of one report, by severity."""
    parts: list[RenderableType] = [heading(report), facts(report)]
    if not findings:
        parts.append(Text("\n✓ 没有发现问题", style="bold green"))
    for severity in SEVERITIES:
        own = [found for found in findings if found.severity == severity]
        if own:
            parts.append(Text(f"\n{SEVERITY_WORDS[severity]} {len(own)} 项", style=SEVERITY_STYLES[severity]))
            parts += [_finding(report, found) for found in own]
    return Group(*parts, Text())


def summary_view(all_findings: Sequence[Sequence[Finding]], unread: int) -> Text:
    """Return one line over all reports: how many were audited, what was found, how many could not be read."""
    counted = Counter(found.severity for findings in all_findings for found in findings)
    words = Text(f"审核 {len(all_findings)} 份报告：", style="bold")
    for severity in SEVERITIES:
        style = SEVERITY_STYLES[severity] if counted[severity] else "dim"
        words += Text(f"{SEVERITY_WORDS[severity]} {counted[severity]} 项　", style=style)
    if unread:
        words += Text(f"{unread} 份无法读取", style="bold red")
    return words


def _finding(report: Report, found: Finding) -> RenderableType:
    rule = RULES.get(found.rule)
    title = Text(f"{SEVERITY_MARKS[found.severity]} ", style=SEVERITY_STYLES[found.severity])
    title += Text(rule.title if rule else found.code, style="bold") + Text(f"　{found.code}", style="dim")
    lines = Table.grid(padding=(0, 2))
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column(overflow="fold")
    what, source, action = _message(found, rule)
    lines.add_row("问　题", _one_line(what))
    if found.cells:
        shown = names(report, *found.cells[:_MANY_CELLS])
        more = f" 等 {len(found.cells)} 格" if len(found.cells) > _MANY_CELLS else ""
        lines.add_row("单元格", f"{shown}{more}")
    if found.expected is not None or found.found is not None:
        wanted = Text("应为 ") + Text(str(found.expected), style="bold green")
        printed = Text("实为 ") + Text(str(found.found), style="bold red")
        known = [words for words, value in ((wanted, found.expected), (printed, found.found)) if value is not None]
        lines.add_row("数　值", Text("，").join(known))
    if found.evidence:
        lines.add_row("原　文", Text(f"“{_one_line(found.evidence)}”", style="italic"))
    if found.against:
        lines.add_row("对　照", found.against)
    if source:
        lines.add_row("依　据", Text(source, style="dim"))
    if action:
        lines.add_row("处　理", action)
    return Padding(Group(title, lines), (0, 0, 1, 2))


def _message(found: Finding, rule: Rule | None) -> tuple[str, str, str]:
    """Return what happened, the source and what to do; all in the first where the message is not of that build."""
    end = f"。依据：{rule.source}。{rule.action}。" if rule else ""
    if rule is None or not found.message.endswith(end):
        return found.message, "", ""
    return found.message.removesuffix(end), rule.source, rule.action


def _one_line(words: str) -> str:
    """Return ``words`` as they read when the line breaks of the file are taken out; Chinese needs no space there."""
    return re.sub(r"\s*\n\s*", "", words.strip())
