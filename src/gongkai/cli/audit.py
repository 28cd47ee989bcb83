"""``gongkai audit``: what is wrong with annual reports, one by one and through the years of one body."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from gongkai.cli.output import add_files, console, positive, print_lines
from gongkai.cli.run import Run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from gongkai.annual.finding import Finding
    from gongkai.cli.tasks import Loaded

LEVELS = ("province", "prefecture", "county", "town", "department")
EXAMPLE_NAME = "（随软件附带的示例报告）"
HAS_ERRORS = 1
"""Exit status when a report has a finding of severity ``error``."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A report that was read, with its findings."""

    loaded: Loaded
    findings: tuple[Finding, ...]


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of ``gongkai audit``."""
    add_files(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="json：每个文件一行；table：供人阅读（默认）"
    )
    parser.add_argument("--level", choices=LEVELS, help="机构的层级（默认由名称判断）：省、市、县、乡镇、部门")
    parser.add_argument(
        "--overview-limit",
        type=positive,
        metavar="N",
        help="第一部分（总体情况）的字数上限（默认不限，按本地要求设定）",
    )
    parser.add_argument("--example", action="store_true", help="审核随软件附带的示例报告")


def run(arguments: Namespace) -> int:
    """Audit the files; exit with 2 if one could not be read, 1 if a report has errors, else 0."""
    if bool(arguments.files) == arguments.example:
        from gongkai.cli import EX_USAGE  # noqa: PLC0415 -- imported by it
        from gongkai.cli.output import complain  # noqa: PLC0415

        complain("audit", "请给出要审核的文件，或用 --example 审核示例报告（两者选一）")
        return EX_USAGE
    if arguments.example:
        with resources.as_file(resources.files("gongkai.annual").joinpath("examples/example.html")) as path:
            arguments.files = [str(path)]
            return _run(arguments, show_report=True)
    return _run(arguments, show_report=False)


def _run(arguments: Namespace, *, show_report: bool) -> int:
    with Run(arguments) as work:
        audited = audit_all(work, arguments.level, arguments.overview_limit)
        if arguments.format == "json":
            print_lines(json.dumps(_object(entry), ensure_ascii=False) for entry in audited)
        else:
            from gongkai.cli.findings import findings_view, summary_view  # noqa: PLC0415 -- only for people
            from gongkai.cli.tables import report_view  # noqa: PLC0415

            screen = console()
            for entry in audited:
                report = entry.loaded.report
                if show_report:
                    report = replace(report, file=EXAMPLE_NAME)
                    screen.print(report_view(report, entry.findings))
                screen.print(findings_view(report, entry.findings))
            screen.print(summary_view([entry.findings for entry in audited], work.unread))
    if work.status:
        return work.status
    return HAS_ERRORS if any(found.severity == "error" for entry in audited for found in entry.findings) else 0


def audit_all(work: Run, level: str | None, overview_limit: int | None = None) -> list[Audited]:
    """Read and audit every file of ``work``, those of one body together; return them in the order given."""
    loaded: list[Loaded] = [value for _, value in work.each("load_for_audit", "读取")]
    bodies: dict[object, list[int]] = {}
    for place, entry in enumerate(loaded):
        bodies.setdefault(place if entry.series is None else entry.series, []).append(place)
    groups = list(bodies.values())
    tasks = [([loaded[place] for place in places], level, overview_limit) for places in groups]
    answers = work.together("audit", "审核", tasks)
    found: dict[int, Audited] = {}
    for places, answer in zip(groups, answers, strict=True):
        if answer.refused is None:
            for place, findings in zip(places, answer.value, strict=True):
                found[place] = Audited(loaded[place], findings)
        else:
            for place in places:
                work.refuse(loaded[place].file, answer.refused)
    for place, findings in _across_bodies(loaded, sorted(found)):
        found[place] = replace(found[place], findings=found[place].findings + findings)
    return [found[place] for place in sorted(found)]


def _across_bodies(loaded: Sequence[Loaded], places: Sequence[int]) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """Yield what reports of different bodies share; only those with a common paragraph are looked into."""
    holders: dict[int, set[str]] = {}
    for place in places:
        for mark in loaded[place].marks:
            holders.setdefault(mark, set()).add(loaded[place].series or "")
    several = {mark for mark, bodies in holders.items() if len(bodies) > 1}
    alike = [place for place in places if loaded[place].marks & several]
    if alike:
        from gongkai.annual.audit.bodies import shared_paragraphs  # noqa: PLC0415 -- seldom needed

        yield from zip(alike, shared_paragraphs([loaded[place].report for place in alike]), strict=True)


def _object(entry: Audited) -> dict[str, Any]:
    return {"file": entry.loaded.file, "findings": [finding_object(found) for found in entry.findings]}


def finding_object(found: Finding) -> dict[str, Any]:
    """Return a finding as the contract prints it; ``against`` only where it was found against another file."""
    from gongkai.annual.audit import RULES  # noqa: PLC0415 -- the rules are known by now

    result: dict[str, Any] = {
        "code": found.code,
        "severity": found.severity,
        "cells": list(found.cells),
        "message": found.message,
        "expected": plain(found.expected),
        "found": plain(found.found),
        "evidence": found.evidence,
        "rule": found.rule,
        "source": RULES[found.rule].source if found.rule in RULES else "",
        "fingerprint": found.fingerprint,
    }
    if found.against is not None:
        result["against"] = found.against
    return result


def plain(value: object) -> object:
    """Return a number as JSON has it."""
    from decimal import Decimal  # noqa: PLC0415 -- see above

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
