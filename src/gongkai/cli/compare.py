"""``gongkai compare``: the years of one body, the bodies of one year, side by side, as tables and charts."""

from __future__ import annotations

import io
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich import box
from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from gongkai.cli.output import add_files, complain, console
from gongkai.cli.run import Run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from rich.console import RenderableType

    from gongkai.annual.compare import Comparison

FORMATS = ("table", "json", "csv", "html", "svg", "png")
PANELS = ("requests", "outcomes", "remedies", "documents", "decisions")
NOT_COMPARED = 1
"""Exit status when reports were read but cannot be put side by side, or the result could not be written."""
_COLUMNS_AT_ONCE = 6
_ROOMY = 4  # so many columns have room for a change and its percentage on one line
_CAPTION = 26  # cells of terminal width: the longest caption but for 行政事业性收费 stands on one line


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of ``gongkai compare``."""
    add_files(parser)
    parser.add_argument("--format", choices=FORMATS, help="输出格式（默认按输出文件名，否则 table）；svg、png 为图")
    parser.add_argument("-o", "--output", metavar="OUT", help="输出文件（默认标准输出）")
    parser.add_argument("--force", action="store_true", help="覆盖已有的文件")
    parser.add_argument("--detail", action="store_true", help="逐个单元格对比，而不是按指标")
    parser.add_argument("--panel", choices=PANELS, action="append", help="图中只画这一部分（可以多次给出；默认全部）")


def run(arguments: Namespace) -> int:
    """Compare the files; exit with 2 if one could not be read, 1 if one cannot be compared, else 0."""
    from gongkai.annual.compare import UnnamedReportError, compare  # noqa: PLC0415 -- only when it is called for

    with Run(arguments) as work:
        reports = [loaded.report for _, loaded in work.each("load", "读取")]
    status = work.status
    named = []
    for report in reports:
        try:
            compare([report])
        except UnnamedReportError as error:
            complain(report.file, str(error))
            status = status or NOT_COMPARED
        else:
            named.append(report)
    if not named:
        complain("compare", "没有可以对比的报告")
        return status or NOT_COMPARED
    comparison = compare(named, detail=arguments.detail)
    form = arguments.format or _form_of(arguments.output)
    if arguments.output is not None:
        return _write(_rendered(comparison, form, arguments.panel or PANELS), arguments) or status
    if form == "table":
        console().print(comparison_view(comparison))
    elif form == "png" and sys.stdout.isatty():
        complain("compare", "PNG 图不能显示在终端上，请用 -o 指定输出文件")
        return NOT_COMPARED
    else:
        sys.stdout.buffer.write(_rendered(comparison, form, arguments.panel or PANELS))
        sys.stdout.flush()
    return status


def _form_of(output: str | None) -> str:
    """Return the format that the name of the output asks for."""
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else "table"


def _rendered(comparison: Comparison, form: str, panels: Sequence[str]) -> bytes:
    from gongkai.annual import compare_tables, plot  # noqa: PLC0415 -- only when it is called for

    if form == "png":
        return plot.png(plot.figure(comparison, panels))
    if form == "table":
        screen = Console(file=io.StringIO(), width=110)
        screen.print(comparison_view(comparison))
        return cast("io.StringIO", screen.file).getvalue().encode()
    if form == "svg":
        return plot.figure(comparison, panels).encode()
    if form == "html":
        return compare_tables.as_html(comparison, panels).encode()
    words = compare_tables.as_csv(comparison) if form == "csv" else compare_tables.as_json(comparison)
    return words.encode()


def _write(data: bytes, arguments: Namespace) -> int:
    path = Path(arguments.output)
    try:
        with path.open("wb" if arguments.force else "xb") as stream:
            stream.write(data)
    except FileExistsError:
        complain(arguments.output, "已经存在，没有覆盖。确要覆盖的，请加 --force")
    except OSError as error:
        complain(arguments.output, f"写不进去（{error.strerror}）。请检查路径和权限")
    else:
        print(f"→ {path}")
        return 0
    return NOT_COMPARED


def comparison_view(comparison: Comparison) -> RenderableType:
    """Return the comparison as tables for a terminal, some reports at a time."""
    from gongkai.annual.compare_tables import notes  # noqa: PLC0415 -- only when it is called for

    places = range(0, len(comparison.heads), _COLUMNS_AT_ONCE)
    parts: list[RenderableType] = [Rule(Text(f" {comparison.title} ", style="bold"), style="blue")]
    parts += [_table(comparison, slice(first, first + _COLUMNS_AT_ONCE)) for first in places]
    parts += [Text(note, style="dim") for note in notes(comparison)]
    return Group(*parts)


def _table(comparison: Comparison, part: slice) -> Table:
    from gongkai.annual.compare_tables import growth_words  # noqa: PLC0415 -- only when it is called for
    from gongkai.annual.indicators import Known  # noqa: PLC0415
    from gongkai.annual.plot import said  # noqa: PLC0415

    view = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    view.add_column("指标", overflow="fold", min_width=_CAPTION, max_width=34)
    for head in comparison.heads[part]:
        view.add_column(head.label, justify="right", overflow="fold")
    # A row that none of these reports has belongs to the form of other years.
    held = [line for line in comparison.lines if any(e.known is not Known.ABSENT for e in line.entries[part])]
    for group, lines in groupby(held, key=lambda line: line.group):
        view.add_row(Text(group, style="bold cyan"))
        for line in lines:
            cells = []
            for entry, change in zip(line.entries[part], line.changes[part], strict=True):
                words = Text(said(entry), style="" if entry.value is not None else "dim")
                if change is not None and change.difference:
                    grown = growth_words(change, line.unit)
                    if len(line.entries[part]) > _ROOMY:
                        grown = grown.replace("（", "\n（")
                    words += Text(f"\n{grown}", style="cyan" if change.difference > 0 else "magenta")
                cells.append(words)
            view.add_row(f"  {line.caption}（{line.unit}）", *cells)
    return view
