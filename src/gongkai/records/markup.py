"""The body of a record: HTML as it is kept, text as people type it and as it is searched and proof-read."""

from __future__ import annotations

import html
import re

import nh3

_ELEMENT = re.compile(r"</?[a-zA-Z][^>]*>")
_BREAK = re.compile(r"<(?:/(?:p|div|h[1-6]|li|tr|td|th|blockquote|pre|table|ul|ol)|br\s*/?|hr\s*/?)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_EMPTY = re.compile(r"<(p|h[2-4])(?: [^>]*)?>(?:\s|&nbsp;|\u3000|<br>)*</\1>")
# A page has one title, which is its h1; what is pasted from elsewhere may begin there or go deeper than we do. Other
# blocks are paragraphs: dropping them would run their words together.
_RENAMED = (
    (re.compile(r"<(/?)h1(?=[\s>])", re.IGNORECASE), r"<\1h2"),
    (re.compile(r"<(/?)h[56](?=[\s>])", re.IGNORECASE), r"<\1h4"),
    (re.compile(r"<(/?)(?:address|article|center|d[dt]|div|pre|section)(?=[\s>])", re.IGNORECASE), r"<\1p"),
)
_BLOCKS = {"blockquote", "h2", "h3", "h4", "hr", "p", "li", "ol", "ul"}
_TABLES = {"caption", "table", "tbody", "td", "th", "thead", "tr"}
_WORDS = {"a", "b", "br", "em", "i", "s", "strong", "sub", "sup", "u"}
_SAY_NOTHING = {("colspan", "1"), ("rowspan", "1"), ("title", "")}
_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | _TABLES | _WORDS,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    tag_attribute_values={"p": {"class": {"flush", "centre", "right"}}, "th": {"scope": {"col", "row"}}},
    attribute_filter=lambda _, name, value: None if (name, value) in _SAY_NOTHING else value,
    url_schemes={"http", "https", "mailto", "tel"},
)


def clean(body: str) -> str:
    """Return ``body`` with nothing but the structure of a document: no style, script, picture or form.

    The words of an element that is not known stay. Pictures are attachments: one drawn from elsewhere would tell
    others who reads. A paragraph may be flush, as an address is, centred, or at the right, as a date is: by its class.

    >>> clean('<h1>总则</h1><p class="MsoNormal" style="color:red">甲<span>乙</span></p><p>&nbsp;</p>')
    '<h2>总则</h2><p>甲乙</p>'
    """
    for old, new in _RENAMED:
        body = old.sub(new, body)
    return _EMPTY.sub("", _CLEANER.clean(body))


def plain(body: str) -> str:
    r"""Return the words of ``body``: one line for each block, no gap where a word is marked up inside.

    >>> plain("<p>甲<b>乙</b> &amp; 丙</p><p>丁</p>")
    '甲乙 & 丙\n丁'
    """
    lines = html.unescape(_ELEMENT.sub("", _BREAK.sub("\n", body))).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def from_typed(text: str) -> str:
    r"""Return what was typed as HTML: text becomes paragraphs, line by line; HTML is cleaned.

    >>> from_typed("第一条 甲<乙\n\n第二条")
    '<p>第一条 甲&lt;乙</p><p>第二条</p>'
    """
    if _ELEMENT.search(text):
        return clean(text)
    return "".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip())


def to_typed(body: str) -> str:
    r"""Return ``body`` as it is edited: plain text where it has nothing but paragraphs, else its HTML.

    >>> to_typed("<p>甲&lt;乙</p><p>丙</p>")
    '甲<乙\n丙'
    """
    paragraphs = _PARAGRAPH.findall(body)
    if _ELEMENT.search("".join(paragraphs)) or _PARAGRAPH.sub("", body).strip():
        return body
    return "\n".join(html.unescape(paragraph) for paragraph in paragraphs)
