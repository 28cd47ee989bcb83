"""The fields of the embedded index, and a document as they hold it."""

from __future__ import annotations

import json
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import tantivy

from gongkai.search.asking import number_keys, start_keys
from gongkai.search.port import FACETS, Document, facet_value
from gongkai.text.normalise import fold_words
from gongkai.text.segmentation import cutter as general
from gongkai.text.segmentation import grams
from gongkai.text.sounds import sound, syllable

if TYPE_CHECKING:
    from gongkai.text.segmentation import Cutter

LAYOUT = "3"
"""Raised whenever the fields below change; with the word lists it decides whether an index must be rebuilt."""

MAX_SHOWN = 200_000
"""Characters of a body that are kept to show passages of; all of it is searched."""

SPELLED_SYLLABLES, SPELLED_INITIALS = 4, 8
"""How far into a title, from each of its words on, what is typed in pinyin or by initials is told apart."""

_SAYS_NOTHING = frozenset(
    [
        "关于",
        "印发",
        "转发",
        "公布",
        "发布",
        "通知",
        "通告",
        "公告",
        "公示",
        "通报",
        "决定",
        "意见",
        "批复",
        "办法",
        "规定",
        "细则",
        "方案",
        "管理",
        "工作",
        "有关",
        "事项",
        "情况",
        "开展",
        "做好",
        "进一步",
        "加强",
        "实施",
        "若干",
        "试行",
        "暂行",
        "政策",
        "解读",
        "以及",
        "或者",
    ]
)
"""Words of titles that nobody begins to type to get to a document."""


def schema() -> Any:  # noqa: ANN401 -- tantivy ships no types
    """Return the schema: words are matched alone and counted, grams side by side, the rest as it stands.

    ``text`` is all that can be found of a document, its title too; so ``title`` only decides what comes first.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"{name}_grams", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title_sounds", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("spelled", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("numbers", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("day", fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def made(document: Document, cutter: Cutter) -> Any:  # noqa: ANN401 -- as above
    """Return ``document`` as the index takes it."""
    title = fold_words(document.title)
    body = fold_words("\n".join((document.body, *document.keywords)))
    words, pairs = cutter.indexed(title), grams(title)
    one = tantivy.Document()
    one.add_text("key", document.key)
    one.add_text("title", words)
    one.add_text("title_grams", pairs)
    one.add_text("title_sounds", sounds(title))
    one.add_text("spelled", " ".join(spelled(title, cutter)))
    one.add_text("text", f"{words} {cutter.indexed(body)}")
    one.add_text("text_grams", f"{pairs} {grams(body)}")
    for number in document.numbers:
        for key in (*number_keys(number), *start_keys(number)):
            one.add_text("numbers", key)
    for token in document.access:
        one.add_text("access", token)
    for name in FACETS:
        value = facet_value(document, name)
        if value:
            one.add_text(name, value)
    one.add_unsigned("day", document.day.toordinal() if document.day else 0)
    one.add_bytes("shown", shown(document))
    return one


def sounds(text: str) -> str:
    """Return what each character of ``text`` sounds like, joined by spaces."""
    return " ".join(sound(char) for char in text if char.isalnum())


def spelled(title: str, cutter: Cutter) -> set[str]:
    """Return what one types to get to each word of ``title``: the pinyin of what begins there, and its initials.

    The name of a unit is one word to the cutter of its place; so the words are those of the general dictionary, too.
    """
    read = [syllable(char) for char in title]
    is_read = [len(one) > 1 or "\u3400" <= char <= "\u9fff" for one, char in zip(read, title, strict=True)]
    found: set[str] = set()
    for start, word in {placed for one in {cutter, general()} for placed in _placed(title, one)}:
        if len(word) > 1 and is_read[start] and word not in _SAYS_NOTHING:
            end = start + 1
            while end < len(read) and end < start + SPELLED_INITIALS and is_read[end]:
                end += 1
            here = read[start:end]
            found.add("".join(here[:SPELLED_SYLLABLES]))
            found.add("." + "".join([one[0] for one in here]))
    return found


def _placed(title: str, cutter: Cutter) -> list[tuple[int, str]]:
    pieces = cutter.pieces(title)
    return list(zip(accumulate(map(len, pieces), initial=0), pieces, strict=False))


def shown(document: Document) -> bytes:
    """Return what a list shows of ``document``."""
    row = (
        document.kind,
        document.title,
        document.body[:MAX_SHOWN],
        document.numbers[0] if document.numbers else "",
        document.unit,
        document.day.toordinal() if document.day else 0,
        document.validity,
        document.subject,
        document.keywords,
    )
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def read_shown(key: str, data: bytes) -> Document:
    """Return the document of which ``shown`` made ``data``."""
    kind, title, body, number, unit, day, validity, subject, keywords = json.loads(data)
    return Document(
        key=key,
        kind=kind,
        title=title,
        body=body,
        numbers=(number,) if number else (),
        unit=unit,
        day=date.fromordinal(day) if day else None,
        validity=validity,
        subject=subject,
        keywords=tuple(keywords),
    )
