"""The body of a record: HTML as it is kept, text as people type it and as it is searched and proof-read."""

from __future__ import annotations

import html
import re

import nh3

_ELEMENT = re.compile(r"</?[a-zA-Z][^>]*>")
_BREAK = re.compile(r"<(?:/(?:p|div|h[1-6]|li|tr|td|th|blockquote|pre|table|ul|ol)|br\s*/?|hr\s*/?)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


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
        return nh3.clean(text)
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
