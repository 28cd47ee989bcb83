"""A whole web page: semantic tables, the labels government sites must carry, one small style sheet, no script."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from gongkai.annual.writer.boxes import Kind, TableLayout
from gongkai.annual.writer.document import Heading, Paragraph, Title, items, title_of
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.report import Report
    from gongkai.annual.writer.boxes import Box
    from gongkai.annual.writer.document import Item
    from gongkai.annual.writer.publication import Publication

_DEEPEST = 3


def write(report: Report, publication: Publication) -> bytes:
    """Return the report as an HTML page in UTF-8. Raises ``UnplacedCellError``."""
    style = resources.files("gongkai.annual.writer").joinpath("page.css").read_text(encoding="utf-8")
    content = _content(report, publication, sized=True)
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title_of(report))}</title>
{labels(report, publication)}
<style>
{style}</style>
</head>
<body>
<main id="report">
<article>
{content}
</article>
</main>
</body>
</html>
"""
    return page.encode()


def article(report: Report, publication: Publication) -> str:
    """Return what stands on the page, for a page of somebody else's: the same elements, without a style of their own.

    Raises ``UnplacedCellError``.
    """
    return _content(report, publication, sized=False)


def _content(report: Report, publication: Publication, *, sized: bool) -> str:
    return "\n".join(part for item in items(report) for part in _item(item, report, publication, sized=sized))


def labels(report: Report, publication: Publication) -> str:
    """Return the page labels of 国办发〔2017〕47号, 附件2: of the site, of the column, of the content."""
    values = {
        "SiteName": publication.site_name,
        "SiteDomain": publication.site_domain,
        "SiteIDCode": publication.site_id_code,
        "ColumnName": publication.column_name,
        "ColumnType": publication.column_type,
        "ArticleTitle": title_of(report),
        "PubDate": publication.published.isoformat() if publication.published else None,
        "ContentSource": publication.source or report.body,
    }
    return "\n".join(
        f'<meta name="{name}" content={quoteattr(printable(value))}>' for name, value in values.items() if value
    )


def _item(item: Item, report: Report, publication: Publication, *, sized: bool) -> Iterator[str]:
    if isinstance(item, Title):
        yield f"<h1>{''.join(f'<span>{_text(line)}</span>' for line in item.lines)}</h1>"
        yield from _published(report, publication)
    elif isinstance(item, Heading):
        yield f"<h2>{_text(item.text)}</h2>"
    elif isinstance(item, Paragraph):
        lead, rest = item.text[: item.lead], item.text[item.lead :]
        if item.level and not rest:
            yield f"<h3>{_text(lead)}</h3>"
        else:
            strong = f'<b class="lead">{_text(lead)}</b>' if lead else ""
            yield f"<p>{strong}{_text(rest)}</p>"
    else:
        yield from _table(item, sized=sized)


def _published(report: Report, publication: Publication) -> Iterator[str]:
    source = publication.source or (report.body if publication.published else None)
    parts = [f"来源：{_text(source)}"] if source else []
    if publication.published:
        day = publication.published.isoformat()
        parts.append(f'发布日期：<time datetime="{day}">{day}</time>')
    if parts:
        yield f'<p class="published">{"".join(f"<span>{part}</span>" for part in parts)}</p>'


def _table(table: TableLayout, *, sized: bool) -> Iterator[str]:
    rows = table.rows()
    frame = "frame" if table.one_page else "frame long"
    label = _text(table.title.partition("、")[2] or table.title)
    yield f'<div class="{frame}" tabindex="0" role="region" aria-label="{label}表">'
    yield f'<table class="{"dense" if table.dense else "plain"}" aria-label="{label}">'
    if sized:
        share = 100 / sum(table.widths)
        columns = (f'<col style="width:{width * share:.4g}%">' for width in table.widths)
        yield "".join(("<colgroup>", *columns, "</colgroup>"))
    if table.head_rows:
        yield "<thead>"
        yield from (_row(row, table) for row in rows[: table.head_rows])
        yield "</thead>"
    yield "<tbody>"
    yield from (_row(row, table) for row in rows[table.head_rows :])
    yield "</tbody>\n</table>\n</div>"


def _row(row: list[Box], table: TableLayout) -> str:
    return f"<tr>{''.join(_cell(box, table) for box in row)}</tr>"


def _cell(box: Box, table: TableLayout) -> str:
    spans = f' rowspan="{box.rowspan}"' * (box.rowspan > 1) + f' colspan="{box.colspan}"' * (box.colspan > 1)
    if box.kind is Kind.VALUE:
        marked = ' class="unreadable" title="未能识读，照录原文"' if box.state == "unreadable" else ""
        return f"<td{spans}{marked}>{_text(box.text)}</td>"
    if box.kind is Kind.UNIT:
        return f"<td{spans}>{_text(box.text)}</td>"
    classes = [str(box.kind)] if box.kind in (Kind.BAND, Kind.HEAD, Kind.NOTE) else []
    if table.left(box):
        classes.append("left")
    if box.level:
        classes.append(f"level-{min(box.level, _DEEPEST)}")
    named = f' class="{" ".join(classes)}"' if classes else ""
    lines = table.lines(box)
    words = "".join(f"<span>{_text(line)}</span>" for line in lines) if len(lines) > 1 else _text(box.text)
    return f'<th scope="{_scope(box)}"{spans}{named}>{words}</th>'


def _scope(box: Box) -> str:
    if box.kind in (Kind.BAND, Kind.HEAD):
        return "colgroup" if box.colspan > 1 else "col"
    return "rowgroup" if box.kind is Kind.GROUP and box.rowspan > 1 else "row"


def _text(text: str) -> str:
    return escape(printable(text), {'"': "&quot;"})
