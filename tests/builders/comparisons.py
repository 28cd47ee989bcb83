"""Printing the tables of two years side by side, as comparisons are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.shapes import TAIL, TITLES, labelled_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builders.shapes import Values

Lines = list[tuple[list[str], list[str]]]
KANGXI = str.maketrans(
    "一二三人大小文方无日月止生用白立行见言门长阜食首民", "⼀⼆三⼈⼤⼩⽂⽅⽆⽇⽉⽌⽣⽤⽩⽴⾏⻅⾔⻔⻓⾩⻝⾸⺠"
)
"""Radicals in place of the characters they look like, as the text layers of some PDF files have them."""


def compared(
    title: str,
    head: str,
    years: tuple[Values, Values],
    render: Callable[[str, Lines, Lines], str],
    *,
    edition: str = "2021",
) -> str:
    """Return a comparison under ``title``: the line ``head`` above every table, the rows printed by ``render``."""
    parts = [title, "\n一、总体情况\n本年度持续推进主动公开。\n"]
    for table, heading in TITLES.items():
        left, right = (labelled_rows(edition, table, values) for values in years)
        parts += [heading, "\n", render(head, left, right), "\n"]
    return "".join(parts) + TAIL


def numbers_after_label(head: str, left: Lines, right: Lines) -> str:
    """Label, the numbers of one year, those of the other; the heads again where a new page begins."""
    printed = [head]
    for place, ((labels, one), (_, other)) in enumerate(zip(left, right, strict=True)):
        if place and place % 17 == 0:
            printed += [f"- {place // 17 + 1} -", head]
        printed.append(" ".join([*labels, *one, *other]).translate(KANGXI).replace("总计", "总 计"))
    return "\n".join(printed)


def table_beside_table(head: str, left: Lines, right: Lines) -> str:
    """Two tables on one sheet: every line holds the label and the numbers of one year, and then of the other."""
    printed = [head]
    for (labels, one), (_, other) in zip(left, right, strict=True):
        printed.append(" ".join([*labels[-1:], *one, *labels[-1:], *other] if one else labels))
    return "\n".join(printed)


def web_table(years: Sequence[str]) -> Callable[[str, Lines, Lines], str]:
    """Return a printer of HTML grids with a head for each of ``years`` over its half of the columns."""

    def render(head: str, left: Lines, right: Lines) -> str:
        width = max(len(labels) for labels, numbers in left if numbers)
        columns = max(len(numbers) for _, numbers in left)
        cells = "".join(f'<td colspan="{columns}">{year}</td>' for year in years)
        rows = [f'<tr><td colspan="{width}">项目</td>{cells}</tr>']
        for (labels, one), (_, other) in zip(left, right, strict=True):
            numbers = "".join(f"<td>{number}</td>" for number in (*one, *other))
            captions = [*[""] * (width - len(labels)), *labels] if one else labels
            rows.append("<tr>" + "".join(f"<td>{caption}</td>" for caption in captions) + numbers + "</tr>")
        return f"<p>{head}</p><table>{''.join(rows)}</table>"

    return render
