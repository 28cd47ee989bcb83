"""One page of HTML: what its meta tags say (国办发〔2017〕47号), else its labels, its trail of columns, its text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.takeover.reading import body as bodies
from gongkai.takeover.reading import links, tree, words
from gongkai.takeover.reading.page import OldFile, OldPage, Shape

if TYPE_CHECKING:
    from datetime import date

    from lxml import etree

    from gongkai.takeover.addresses import Address

META = {
    "articletitle": "title",
    "pubdate": "published_on",
    "contentsource": "unit",
    "columnname": "column",
    "keywords": "keywords",
    "description": "summary",
    "filenumber": "document_number",
    "indexnumber": "index_number",
}
"""The meta tags of 国办发〔2017〕47号 that tell of a page, and two that some systems add."""
_TRAIL = re.compile(r"(?<![a-z])(?:crumbs?|breadcrumb|position|location|dqwz|weizhi|path|currentpath)(?![a-z])")
_TRAIL_WORDS = re.compile(
    r"(?:您?(?:的|所在的?)?)?当前(?:的)?位置\s*(?:是)?\s*[：:]?|您现在的位置\s*[：:]?|所在位置\s*[：:]?"
)
_STEPS = re.compile(r"\s*(?:>|›|»|→|/|\\|>>|-&gt;|&gt;)\s*")
_NO_COLUMNS = frozenset({"首页", "网站首页", "正文", "详情", "内容", "主页", "详细内容", ""})
_TITLE_ENDS = re.compile(r"\s*[_|｜—–]+\s*|\s+-\s+|-(?=[^-]*(?:政府|网|局|委|办|厅|门户)[^-]*$)")
_DAY_IN_NAME = re.compile(r"/t?((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])[_/.-]")
_SUMMARY = 500
_SHORT = 300


@dataclass(slots=True)
class _Findings:
    """What was found so far, and where; the first finding of a thing stands."""

    values: dict[str, str] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: str, where: str) -> None:
        value = " ".join(value.split())
        if value and name not in self.values:
            self.values[name], self.where[name] = value, where


def read(data: bytes, *, address: Address, base: str, place: str) -> OldPage:
    """Return the page in ``data``; ``base`` is its address as it was written. Raises ``UnreadablePageError``."""
    root = tree.parse(data, place)
    digest = hashlib.sha256(data).hexdigest()
    found = _Findings()
    _read_meta(root, found)
    title = _title_of(root, found)
    body = bodies.find(root, title)
    _read_trail(root, found)
    outside = list(tree.pieces(root, without=body.element if body is not None else None))
    _read_labels(outside, found, "页面标签")
    column = _column(found)
    is_article = "title" in found.values and found.where["title"] == "meta"
    if body is None or (body.is_listing and not is_article):
        shape = Shape.LISTING if body is not None or _links_of(root) else Shape.EMPTY
        return OldPage(address=address, place=place, digest=digest, shape=shape, column=column, title=title)
    return _article(root, body, found, address=address, base=base, place=place, digest=digest)


def piece(markup: str, *, base: str, host: str, place: str) -> tuple[str, list[OldFile], list[str]]:
    """Return a piece of HTML with its links settled, the files it offers, and its lines."""
    root = tree.parse_text(f"<body><div>{markup}</div></body>", place)
    element = next(root.iter("div"))
    files = links.settle(element, base, host)
    html = links.as_html(element)
    return html, files, list(tree.pieces(element, most=2000))


def _article(
    root: etree._Element,
    body: bodies.Found,
    found: _Findings,
    *,
    address: Address,
    base: str,
    place: str,
    digest: str,
) -> OldPage:
    notes = []
    if not body.container:
        notes.append("正文按文字密度找到，请抽查是否完整")
    beside = list(links.beside(root, body.element, base, address.host))
    files = links.settle(body.element, base, address.host)
    known = {one.address.path for one in files}
    files += [one for one in dict.fromkeys(beside) if one.address.path not in known]
    title = _title_of(root, found)
    lines = list(tree.pieces(body.element, most=5000))
    _read_labels(lines[:40], found, "正文标签")
    _drop_head(body.element, title)
    html = links.as_html(body.element, _frames(body.element))
    published = words.day_in(found.values.get("published_on", ""))
    if published is None and (published := _day_of(address)) is not None:
        found.where["published_on"] = "地址"
        notes.append("发布日期取自网页地址，请核对")
    return _page(
        found,
        lines,
        title=title,
        address=address,
        place=place,
        digest=digest,
        body=html,
        files=tuple(files),
        published_on=published,
        notes=notes,
    )


def _page(
    found: _Findings,
    lines: list[str],
    *,
    title: str,
    address: Address,
    place: str,
    digest: str,
    body: str,
    files: tuple[OldFile, ...],
    published_on: date | None,
    notes: list[str],
) -> OldPage:
    made = words.day_in(found.values.get("made_on", ""))
    if made is None and (made := words.signed_on(lines)) is not None:
        found.where["made_on"] = "落款"
    number = words.spelt_number(found.values.get("document_number", ""))
    if not number and (number := words.first_number(lines)):
        found.where["document_number"] = "正文"
    summary = found.values.get("summary", "")
    return OldPage(
        address=address,
        place=place,
        digest=digest,
        title=title,
        document_number=number,
        index_number=found.values.get("index_number", ""),
        unit=found.values.get("unit", ""),
        column=_column(found),
        made_on=made,
        published_on=published_on,
        keywords=found.values.get("keywords", "")[:200],
        summary=summary if summary != title and len(summary) <= _SUMMARY else "",
        body=body,
        files=files,
        notes=tuple(notes),
        found=dict(found.where),
    )


def _read_meta(root: etree._Element, found: _Findings) -> None:
    for meta in root.iter("meta"):
        name = META.get((meta.get("name") or meta.get("property") or "").strip().lower())
        if name is not None:
            found.add(name, meta.get("content") or "", "meta")


def _read_labels(pieces: list[str], found: _Findings, where: str) -> None:
    for name, value in words.labelled(pieces).items():
        if len(value) <= _SHORT:
            found.add(name, value, where)


def _read_trail(root: etree._Element, found: _Findings) -> None:
    for element in root.iter("div", "p", "span", "td", "ul", "ol", "nav", "li"):
        names = f"{element.get('class', '')} {element.get('id', '')}".lower()
        text = tree.text_of(element) if _TRAIL.search(names) else (element.text or "")
        if not _TRAIL.search(names) and not _TRAIL_WORDS.search(text):
            continue
        steps = _STEPS.split(_TRAIL_WORDS.sub("", tree.text_of(element)))
        if len(steps) > 1 and len("".join(steps)) <= _SHORT:
            found.add("trail", " / ".join(step.strip(" ：:") for step in steps), "当前位置")
            return


def _column(found: _Findings) -> tuple[str, ...]:
    title = found.values.get("title", "")
    trail = [step for step in found.values.get("trail", "").split(" / ") if step not in {*_NO_COLUMNS, title}]
    name = found.values.get("column", "")
    if not name:
        return tuple(trail)
    return (*trail[: trail.index(name)], name) if name in trail else (name,)


def _title_of(root: etree._Element, found: _Findings) -> str:
    if "title" in found.values:
        return found.values["title"]
    for element in root.iter("h1"):
        if words_of := tree.text_of(element):
            found.add("title", words_of, "h1")
            return words_of
    for element in root.iter("title"):
        name = _TITLE_ENDS.split(tree.text_of(element))[0].strip()
        found.add("title", name, "title")
        return name
    return ""


def _links_of(root: etree._Element) -> bool:
    return next(root.iter("a"), None) is not None


def _drop_head(body: etree._Element, title: str) -> None:
    """Take the title off the text where it is repeated at its head: the page of a record has its own."""
    if not title:
        return
    plain = "".join(title.split())
    for element in body.iter("h1", "h2", "h3", "p", "div", "td"):
        if element is body or len(element):
            continue
        text = "".join(tree.text_of(element).split())
        if text == plain:
            element.text = ""
            return
        if text:
            return


def _frames(body: etree._Element) -> list[etree._Element]:
    return [
        element
        for element in body.iter("div", "nav", "ul", "form", "header", "footer")
        if element is not body and tree.is_frame(element)
    ]


def _day_of(address: Address) -> date | None:
    match = _DAY_IN_NAME.search(address.path)
    if match is not None:
        return words.day_in("-".join(match.groups()))
    match = re.search(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/", address.path)
    return words.day_in("-".join(match.groups())) if match else None
