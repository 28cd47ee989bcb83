"""The links, pictures and files of a text, in one spelling of addresses."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from gongkai.takeover.addresses import Address, normalise
from gongkai.takeover.reading.page import OldFile
from gongkai.takeover.reading.tree import SILENT, is_hidden, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "wps",
        "et",
        "ofd",
        "ppt",
        "pptx",
        "txt",
        "csv",
        "rtf",
        "zip",
        "rar",
        "7z",
        "tar",
        "gz",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "bmp",
        "mp3",
        "mp4",
        "wmv",
        "avi",
        "flv",
    ]
)
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "webp"})
_DOWNLOAD = re.compile(r"(?:^|[/_?&=])(?:download|downfile|attach|attachment|file(?:id|name)?)", re.IGNORECASE)
_FILE_WORDS = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\s*$", re.IGNORECASE)
_MAY_BE_FILE = re.compile(rf"\.(?:{'|'.join(sorted(FILES))})\s*(?:[?#].*)?$", re.IGNORECASE)
_ATTACHMENTS = re.compile(r"(?<![a-z])(?:fj|fujian|attach|attachment|annex|accessory|appendix)", re.IGNORECASE)
_ICON = re.compile(r"(?:icon?s?|filetypeimages|spacer|blank|dot|arrow)[/_.\d]", re.IGNORECASE)
_ALIGN = re.compile(r"text-align:(right|center)")
_PLACES = {"right": "right", "center": "centre"}
_LONGEST_NAME = 180
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


def suffix_of(path: str) -> str:
    """Return what the name at the end of ``path`` ends with, in small letters, without its dot."""
    return posixpath.splitext(path.partition("?")[0])[1].lower().lstrip(".")


def whole(host: str, path: str) -> str:
    """Return how a link to ``path`` of the site at ``host`` is written in a text."""
    return f"http://{host}{path}"


def is_file(address: Address, words: str) -> bool:
    """Tell a link to a file from one to a page."""
    if suffix_of(address.path) in FILES:
        return True
    return _FILE_WORDS.search(words) is not None and _DOWNLOAD.search(address.path) is not None


def file_name(address: Address, words: str) -> str:
    """Return what to call a file: the words of its link with the ending of its name, or its name."""
    last = unquote(posixpath.basename(address.path.partition("?")[0]))
    suffix = suffix_of(last) if suffix_of(last) in FILES else ""
    plain = _UNSAFE.sub(" ", words).strip(" .　")
    if not suffix and (ending := _FILE_WORDS.search(plain)):
        suffix = ending.group().strip().lstrip(".").lower()
    stem = plain.removesuffix(f".{suffix}") if suffix else plain
    if not stem or stem in {"下载", "点击下载", "附件", "附件下载", "图片", "查看"}:
        stem = _UNSAFE.sub(" ", posixpath.splitext(last)[0]).strip(" .") or "附件"
    return f"{stem[:_LONGEST_NAME]}.{suffix}" if suffix else stem[:_LONGEST_NAME]


def settle(body: etree._Element, base: str, host: str) -> list[OldFile]:
    """Spell every link of ``body`` anew, put links in the place of pictures; return the files it offers, each once.

    A link within the site becomes its whole address in one spelling: as long as nobody knows where it leads now, it
    leads where it did. What is no address loses its link.
    """
    files: dict[str, OldFile] = {}
    for picture in list(body.iter("img")):
        _picture(picture, base, host, files)
    for link in list(body.iter("a")):
        told = {name: link.get(name) for name in ("href", "title") if link.get(name)}
        link.attrib.clear()
        link.attrib.update(told)
        address = normalise(link.get("href") or "", base) if link.get("href", "").strip() else None
        words = text_of(link)
        if address is None or link.get("href", "").strip().startswith("#"):
            if not (link.get("href") or "").strip().lower().startswith(("mailto:", "tel:")):
                link.attrib.pop("href", None)
            continue
        if address.host not in {"", host}:
            if not _is_whole(link):
                link.set("href", f"http://{address.host}{address.path}")
            continue
        link.set("href", whole(host, address.path))
        if is_file(address, words) and address.path not in files:
            files[address.path] = OldFile(
                address, file_name(address, words), is_picture=suffix_of(address.path) in _PICTURES
            )
    return list(files.values())


def beside(root: etree._Element, body: etree._Element, base: str, host: str) -> Iterator[OldFile]:
    """Yield the files that a page lists outside its text, in a part that is called after attachments."""
    inside = set(body.iter())
    for link in root.iter("a"):
        href = link.get("href", "")
        if not (_MAY_BE_FILE.search(href) or _FILE_WORDS.search(text_of(link))) or link in inside:
            continue
        address = normalise(href, base)
        if address is None or address.host not in {"", host} or not is_file(address, text_of(link)):
            continue
        if any(_ATTACHMENTS.search(f"{up.get('class', '')} {up.get('id', '')}") for up in _upwards(link)):
            yield OldFile(address, file_name(address, text_of(link)))


def as_html(body: etree._Element, drop: Iterable[etree._Element] = ()) -> str:
    """Return the inside of ``body`` as HTML, without elements whose words nobody reads."""
    for element in [*body.iter(*SILENT), *drop, *[one for one in body.iter() if is_hidden(one)]]:
        _remove(element, body)
    for element in body.iter("p", "div"):
        _align(element)
    inside = [body.text or ""] if body.text else []
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in inside]
    return "".join(escaped) + "".join(etree.tostring(child, encoding="unicode", method="html") for child in body)


def _picture(picture: etree._Element, base: str, host: str, files: dict[str, OldFile]) -> None:
    source = (picture.get("src") or picture.get("data-src") or "").strip()
    address = None if not source or source.startswith("data:") else normalise(source, base)
    words = " ".join((picture.get("alt") or picture.get("title") or "").split())
    is_linked = any(up.tag == "a" for up in _upwards(picture))
    link = etree.Element("span" if is_linked else "a")
    link.tail = picture.tail
    if _ICON.search(source) or is_linked:
        link.text = words
    elif address is not None and address.host in {"", host}:
        name = file_name(address, words or "图片")
        files.setdefault(address.path, OldFile(address, name, is_picture=True))
        link.set("href", whole(host, address.path))
        link.text = f"图片：{words or name}"
    elif words:
        link.text = f"（图片：{words}）"
    parent = picture.getparent()
    if parent is not None:
        parent.replace(picture, link)


def _align(element: etree._Element) -> None:
    """Say by the class that records know where a paragraph stands: a date at the right, a heading in the middle."""
    style = "".join(element.get("style", "").lower().split())
    place = element.get("align", "").lower() or (found[1] if (found := _ALIGN.search(style)) else "")
    element.attrib.pop("class", None)
    if place in _PLACES:
        element.set("class", _PLACES[place])


def _is_whole(link: etree._Element) -> bool:
    return (link.get("href") or "").strip().lower().startswith(("http://", "https://"))


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    up = element
    while up is not None:
        yield up
        up = up.getparent()


def _remove(element: etree._Element, body: etree._Element) -> None:
    parent = element.getparent()
    if parent is None or element is body:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
