"""Letters as PDF, set by typst in the shipped face: one letter, or many for the printer in one file."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from gongkai.applications.letters.document import chinese_day
from gongkai.typeset.glyphs import FONTS, missing_in
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.applications.letters.document import Document

FACE = "Gongkai Serif SC"
_UNDATED = date(1980, 1, 1)
_BLANK_DAY = "　　年　月　日"
_ONE_AT_A_TIME = Lock()  # a compiler sets one file at a time


class MissingGlyphError(ValueError):
    """No face at hand has glyphs for ``characters``; printed they would be blank boxes."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in self.characters)
        super().__init__(
            f"可用的字体没有这些字：{named}。排出来会成空白方框，所以没有生成 PDF。"
            "请系统管理员把含有这些字的字体文件放入数据目录的 fonts 文件夹，再重新生成。"
        )


def write(documents: Sequence[Document], *, fonts: Path | None = None, double_sided: bool = False) -> bytes:
    """Return the letters as one PDF/A; the same letters always give the same bytes.

    ``fonts`` is a folder with faces for characters the shipped one lacks. ``double_sided`` begins every letter on a
    front page. Raises ``MissingGlyphError``.
    """
    lacking = missing_in(text for document in documents for text in document.texts())
    folder = fonts if lacking and fonts is not None and fonts.is_dir() else None
    if lacking and folder is None:
        raise MissingGlyphError(lacking)
    first = documents[0]
    dated = first.day or _UNDATED
    data = {
        "title": printable(first.name),
        "author": printable(first.signer or first.title[0]),
        "date": [dated.year, dated.month, dated.day],
        "fonts": [FACE, *_families(folder)],
        "sides": "odd" if double_sided else None,
        "letters": [as_data(document) for document in documents],
    }
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler(folder).compile(
                format="pdf", pdf_standards=["a-2b"], sys_inputs={"letters": json.dumps(data, ensure_ascii=False)}
            )
    except typst.TypstError as error:
        # PDF/A forbids a character without a glyph: the folder does not have it either.
        if not lacking:
            raise
        raise MissingGlyphError(lacking) from error
    assert isinstance(pdf, bytes)  # pages come one by one only as pictures
    return pdf


def _families(folder: Path | None) -> list[str]:
    if folder is None:
        return []
    found = typst.Fonts(font_paths=[str(folder)], include_system_fonts=False, include_embedded_fonts=False)
    return [name for name in found.families() if name != FACE]


def _compiler(folder: Path | None, template: str = "letter.typ") -> typst.Compiler:
    # A face that is put into the folder while the site runs is found by the next letter.
    faces = tuple(sorted((str(face), face.stat().st_mtime_ns) for face in folder.iterdir())) if folder else ()
    return _made(folder, faces, template)


@lru_cache(maxsize=8)
def _made(folder: Path | None, faces: tuple[tuple[str, int], ...], template: str) -> typst.Compiler:
    del faces
    # A compiler that has set one letter sets the next in a fraction of the time.
    here = Path(str(resources.files("gongkai.applications.letters")))
    return typst.Compiler(
        str(here / template),
        root=str(here),
        font_paths=[str(FONTS), *([str(folder)] if folder else [])],
        ignore_system_fonts=True,
    )


def as_data(document: Document) -> dict[str, Any]:
    """Return a letter as the template takes it."""
    return {
        "title": [printable(line) for line in document.title],
        "number": printable(document.number),
        "addressee": printable(document.addressee),
        "paragraphs": [[printable(one.text), one.is_heading] for one in document.paragraphs],
        "rows": [[printable(row.label), printable(row.text)] for row in document.rows],
        "signer": printable(document.signer),
        "day": chinese_day(document.day) if document.day else _BLANK_DAY,
        "contact": printable(document.contact),
    }


def labels(addresses: Sequence[tuple[str, str, str, str]], sender: str, fonts: Path | None = None) -> bytes:
    """Return sheets of labels (A4, two columns of seven): number of the letter, name, address, telephone of each."""
    lacking = missing_in([sender, *(text for address in addresses for text in address)])
    folder = fonts if lacking and fonts is not None and fonts.is_dir() else None
    if lacking and folder is None:
        raise MissingGlyphError(lacking)
    data = {
        "fonts": [FACE, *_families(folder)],
        "sender": printable(sender),
        "labels": [[printable(text) for text in address] for address in addresses],
    }
    with _ONE_AT_A_TIME:
        pdf = _compiler(folder, "labels.typ").compile(
            format="pdf", sys_inputs={"labels": json.dumps(data, ensure_ascii=False)}
        )
    assert isinstance(pdf, bytes)  # the same
    return pdf
