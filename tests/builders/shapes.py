"""Printing the tables of a report in the shapes in which published reports are met.

Each shape takes the edition, the values by cell key and a random generator, and returns the text of a whole report
with invented prose. The figures are the only thing that must survive being read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual import forms

if TYPE_CHECKING:
    import random

Values = Mapping[str, int | Decimal]
HEAD = "海岚市{year}年政府信息公开工作年度报告"
ONE = "一、总体情况"
TITLES = {
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
}
TAIL = (
    "五、存在的主要问题及改进情况\n公开的主动性还需提高，下一步加强业务培训。\n"
    "六、其他需要报告的事项\n无其他需要报告的事项。\n"
)
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADS = ["申请人情况", "自然人", "法人或其他组织", "总计"]
ORGANISATIONS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def preface(year: int) -> str:
    """Return the lines before the first table."""
    return (
        f"{HEAD.format(year=year)}\n"
        f"海岚市人民政府编制本报告，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n"
        f"{ONE}\n本年度持续推进主动公开，规范办理依申请公开。\n"
    )


def shown(value: int | Decimal) -> str:
    """Return a number as a table prints it."""
    return str(value)


def labelled_rows(edition: str, table: str, values: Values) -> list[tuple[list[str], list[str]]]:
    """Return (captions, numbers) of every printed line of the table: heads have no numbers."""
    lines: list[tuple[list[str], list[str]]] = []
    form = forms.table(edition, table)
    if table == "proactive":
        for block in form.blocks:
            columns = block.national_columns
            lines.append(([block.caption], []))
            lines.append((["信息内容", *(column.caption for column in columns)], []))
            lines += [
                ([row.caption], [shown(values[form.key_of(row.key, column.key)]) for column in columns])
                for row in block.rows
            ]
    elif table == "requests":
        lines.append(([NOTE, *HEADS, *ORGANISATIONS], []))
        before: tuple[str, ...] = ()
        for row in form.rows:
            fresh = [
                caption for depth, caption in enumerate(row.group) if row.group[: depth + 1] != before[: depth + 1]
            ]
            before = row.group
            numbers = [shown(values[form.key_of(row.key, column.key)]) for column in form.blocks[0].columns]
            lines.append(([*fresh, row.caption], numbers))
    else:
        lines.append((["行政复议", "行政诉讼", *OUTCOMES, "未经复议直接起诉", "复议后起诉", *OUTCOMES, *OUTCOMES], []))
        lines.append(([], [shown(values[key]) for key in form.keys()]))  # noqa: SIM118 -- a table, not a dictionary
    return lines


def assembled(
    edition: str, year: int, values: Values, render: Callable[[list[tuple[list[str], list[str]]]], str]
) -> str:
    """Return a whole report whose three tables are printed by ``render``."""
    parts = [preface(year)]
    for table, title in TITLES.items():
        parts += [title, "\n", render(labelled_rows(edition, table, values)), "\n"]
    return "".join(parts) + TAIL


def cell_per_line(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S3/S4: every cell on a line of its own, blank lines or bars between."""
    gap = rng.choice(["\n", "\n\n", "\n    \n", " |\n", "\n|\n"])
    return assembled(
        edition, year, values, lambda lines: gap.join(cell for labels, numbers in lines for cell in [*labels, *numbers])
    )


def piped(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S1: cells joined by bars, a line per row."""
    lead = rng.choice(["", "| "])
    return assembled(
        edition,
        year,
        values,
        lambda lines: "\n".join(
            lead + " | ".join([*labels, *numbers]) + rng.choice(["", " |"]) for labels, numbers in lines
        ),
    )


def tabbed(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """Cells joined by tabs, as pasted from a word processor."""
    del rng
    return assembled(
        edition, year, values, lambda lines: "\n".join("\t".join([*labels, *numbers]) for labels, numbers in lines)
    )


def spaced(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F3: everything on one line, a space between cells."""
    del rng
    return assembled(
        edition, year, values, lambda lines: " ".join(cell for labels, numbers in lines for cell in [*labels, *numbers])
    )


def run_together(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F2: no separator between cells, but for stray spaces in a few rows."""

    def numbers_of(numbers: list[str]) -> str:
        if rng.random() < 0.15:
            return "".join(number + rng.choice(["", " "]) for number in numbers).strip()
        return "".join(numbers)

    text = assembled(
        edition,
        year,
        values,
        lambda lines: "".join("".join(labels) + numbers_of(numbers) for labels, numbers in lines),
    )
    return text if rng.random() < 0.5 else text.replace("\n", "")


def pdf_rows(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F4: a line per row; a long label wraps and leaves its numbers on a line of their own, before or between."""

    def render(lines: list[tuple[list[str], list[str]]]) -> str:
        printed: list[str] = []
        for page, (labels, numbers) in enumerate(lines):
            label = " ".join(labels)
            row = " ".join(numbers)
            if not numbers:
                printed.append(label)
            elif len(label) > 16 and rng.random() < 0.6:
                cut = rng.randrange(8, len(label) - 4)
                printed += rng.choice(
                    [
                        [label[:cut], row, label[cut:]],
                        [label[:cut], label[cut:], row],
                        [label[:cut], f"{label[cut:]} {row}"],
                    ]
                )
            else:
                printed.append(f"{label} {row}".strip())
            if page and page % 17 == 0:
                printed.append(f"- {page // 17 + 2} -")
        return "\n".join(printed)

    return assembled(edition, year, values, render)


def column_order(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F5: per page all labels first, then the numbers column by column, each on a line of its own."""

    def render(lines: list[tuple[list[str], list[str]]]) -> str:
        if not any(len(numbers) == len(ORGANISATIONS) + 2 for _, numbers in lines):
            return "\n".join(cell for labels, numbers in lines for cell in [*labels, *numbers])
        head, rows = lines[0][0], lines[1:]
        cut = rng.choice([len(rows), rng.randrange(8, len(rows) - 3)])
        printed = list(head)
        for part in (rows[:cut], rows[cut:]):
            printed += [label for labels, _ in part for label in labels]
            printed += [numbers[column] for column in range(7) for _, numbers in part]
        return "\n".join(printed)

    return assembled(edition, year, values, render)


def markdown_rows(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F7: a small Markdown table per group, with separator lines and invented heads."""

    def render(lines: list[tuple[list[str], list[str]]]) -> str:
        printed: list[str] = []
        for labels, numbers in lines:
            if not numbers:
                printed += ["", "| " + " | ".join(labels) + " |", "|" + "---|" * len(labels)]
                continue
            if len(labels) > 1:
                printed += ["", "### " + labels[-2]]
            if rng.random() < 0.3:
                printed += ["", "| 类别 |" + "".join(f" 数据{i + 1} |" for i in range(len(numbers)))]
                printed.append("|" + "---|" * (len(numbers) + 1))
            printed.append("| " + " | ".join([*labels[-1:], *numbers]) + " |")
        return "\n".join(printed)

    return assembled(edition, year, values, render)


def barred_lines(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S6/S7: a bar before every row, with no-break spaces around the cells; or alone on its line, then the cells."""
    if rng.random() < 0.5:
        return assembled(
            edition,
            year,
            values,
            lambda lines: "\n".join("|" + "|".join(f"\xa0{c}\xa0" for c in [*ls, *ns]) for ls, ns in lines),
        )
    return assembled(
        edition, year, values, lambda lines: "\n".join("|\n" + "\n".join([*labels, *ns]) for labels, ns in lines)
    )


def leafed(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S8: the pages of a book to leaf through, with its buttons and page numbers between the lines."""
    lines = pdf_rows(edition, year, values, rng).split("\n")
    step = rng.randrange(7, 13)
    pages = len(lines) // step + 1
    printed = ["首页 上一页 下一页 尾页", "目录 | 缩略图 | 全屏"]
    for number, line in enumerate(lines, 1):
        printed.append(line)
        if number % step == 0:
            printed += rng.choice(
                [[f"{number // step}/{pages}", "上一页", "下一页"], [f"{number // step} / {pages}"], ["上页 下页"]]
            )
    return "\n".join(printed)


def traditional(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S9: traditional characters, and 檔案 where the form has 文件."""
    return cell_per_line(edition, year, values, rng).translate(_TRADITIONAL).replace("文件", "檔案")


_TRADITIONAL = str.maketrans(
    "规范发制现处罚强费额单万开报请结转业构织机关国务复诉讼维纠审总计与执对无类项据条属补确认获缴办举题进体县",
    "規範發製現處罰強費額單萬開報請結轉業構織機關國務復訴訟維糾審總計與執對無類項據條屬補確認獲繳辦舉題進體縣",
)


def first_of_each(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """S5: a cell per line, every text that was met before left out: the tables cannot be read any more."""
    seen: set[str] = set()
    whole_page = rng.random() < 0.5

    def render(lines: list[tuple[list[str], list[str]]]) -> str:
        if not whole_page:
            seen.clear()
        cells = [cell for labels, numbers in lines for cell in [*labels, *numbers]]
        return "\n".join(cell for cell in cells if not (cell in seen or seen.add(cell)))  # type: ignore[func-returns-value]

    return assembled(edition, year, values, render)


def html_grid(edition: str, year: int, values: Values, rng: random.Random) -> str:
    """F1: an HTML grid with the merged cells of the national form."""
    paragraph = rng.choice(["{}", "<p>{}</p>", '<p align="center"><span>{}</span></p>'])
    table_open = rng.choice(["<table>", '<table border="1"><tbody>', "<div><table>"])
    table_close = {"<table>": "</table>", "<div><table>": "</table></div>"}.get(table_open, "</tbody></table>")

    def td(text: str, span: str = "") -> str:
        return f"<td{span}>{paragraph.format(text)}</td>"

    def render(table: str) -> str:
        form = forms.table(edition, table)
        rows: list[str] = []
        if table == "proactive":
            width = max(len(block.national_columns) for block in form.blocks) + 1
            for block in form.blocks:
                columns = block.national_columns
                spans = [""] * len(columns)
                spans[-1] = f' colspan="{width - len(columns)}"'
                rows.append(td(block.caption, f' colspan="{width}"'))
                rows.append(td("信息内容") + "".join(td(c.caption, s) for c, s in zip(columns, spans, strict=True)))
                rows += [
                    td(row.caption)
                    + "".join(
                        td(shown(values[form.key_of(row.key, c.key)]), s) for c, s in zip(columns, spans, strict=True)
                    )
                    for row in block.rows
                ]
        elif table == "requests":
            rows.append(td(NOTE, ' colspan="3" rowspan="3"') + td("申请人情况", ' colspan="7"'))
            rows.append(
                td("自然人", ' rowspan="2"') + td("法人或其他组织", ' colspan="5"') + td("总计", ' rowspan="2"')
            )
            rows.append("".join(td(head) for head in ORGANISATIONS))
            seen: set[tuple[str, ...]] = set()
            for row in form.rows:
                cells = ""
                for depth in range(len(row.group)):
                    group = row.group[: depth + 1]
                    if group not in seen:
                        seen.add(group)
                        height = sum(other.group[: depth + 1] == group for other in form.rows)
                        cells += td(group[-1], f' rowspan="{height}"')
                cells += td(row.caption, f' colspan="{3 - len(row.group)}"')
                cells += "".join(td(shown(values[form.key_of(row.key, c.key)])) for c in form.blocks[0].columns)
                rows.append(cells)
        else:
            rows.append(td("行政复议", ' colspan="5"') + td("行政诉讼", ' colspan="10"'))
            rows.append(
                "".join(td(head, ' rowspan="2"') for head in OUTCOMES)
                + td("未经复议直接起诉", ' colspan="5"')
                + td("复议后起诉", ' colspan="5"')
            )
            rows.append("".join(td(head) for head in OUTCOMES * 2))
            rows.append("".join(td(shown(values[key])) for key in form.keys()))  # noqa: SIM118 -- a table, not a dictionary
        return table_open + "".join(f"<tr>{row}</tr>" for row in rows) + table_close

    body = "".join(f"<p>{line}</p>" for line in preface(year).splitlines())
    for table, title in TITLES.items():
        body += f"<p>{title}</p>" + render(table)
    body += "".join(f"<p>{line}</p>" for line in TAIL.splitlines())
    title = HEAD.format(year=year)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


SHAPES: dict[str, tuple[str, Callable[[str, int, Values, random.Random], str]]] = {
    "cell_per_line": ("txt", cell_per_line),
    "piped": ("txt", piped),
    "tabbed": ("txt", tabbed),
    "spaced": ("txt", spaced),
    "run_together": ("txt", run_together),
    "pdf_rows": ("txt", pdf_rows),
    "column_order": ("txt", column_order),
    "markdown_rows": ("md", markdown_rows),
    "barred_lines": ("txt", barred_lines),
    "leafed": ("txt", leafed),
    "traditional": ("txt", traditional),
    "html_grid": ("html", html_grid),
}
"""The shapes by name: file suffix and printer."""


def random_values(edition: str, rng: random.Random) -> dict[str, int | Decimal]:
    """Return valid values for every cell of the 2019 or 2021 form: each identity holds."""
    values: dict[str, int | Decimal] = {}
    for table in forms.form(edition).tables:
        for block in table.blocks:
            for row in block.rows:
                for column in block.national_columns:
                    magnitude = rng.choice([1, 1, 10, 100, 1000, 20000])
                    values[table.key_of(row.key, column.key)] = (
                        Decimal(rng.randrange(10**8)) / 10000 if column.kind == "amount" else rng.randrange(magnitude)
                    )
    for key in values:
        if key.startswith("proactive.rules."):
            values[key] = 0
    _balance_requests(edition, values, rng)
    remedies = forms.table(edition, "remedies")
    for row in remedies.rows:
        parts = [rng.choice([0, 0, 0, 1, 2, 7, 15, 120]) for _ in range(4)]
        for column, number in zip(remedies.blocks[0].columns, [*parts, sum(parts)], strict=True):
            values[remedies.key_of(row.key, column.key)] = number
    return values


def _balance_requests(edition: str, values: dict[str, int | Decimal], rng: random.Random) -> None:
    """Fill table 三 from its leaves, so that every sum and balance holds."""
    table = forms.table(edition, "requests")
    columns = [column.key for column in table.blocks[0].columns]
    scale = rng.choice([2, 12, 90, 900])
    for column in columns[:-1]:
        busy = rng.random() < (0.95 if column == "natural_person" else 0.35)
        width = scale if column == "natural_person" else max(2, scale // 10)
        for row in table.rows:
            if row.leaf:
                often = 0.5 if busy else 0.0
                values[table.key_of(row.key, column)] = rng.randrange(width) if rng.random() < often else 0
        concluded = sum(values[table.key_of(row.key, column)] for row in table.rows if row.leaf)
        out = rng.randrange(max(1, width // 8)) if busy else 0
        carried = rng.randrange(int(min(concluded + out, max(1, width // 8))) + 1) if busy else 0
        for row, number in (
            ("outcome_total", concluded),
            ("carried_out", out),
            ("carried_in", carried),
            ("received", concluded + out - carried),
        ):
            values[table.key_of(row, column)] = number
    for row in table.rows:
        values[table.key_of(row.key, "total")] = sum(values[table.key_of(row.key, column)] for column in columns[:-1])
