"""The catalogue of evidence as PDF, set by typst in the shipped face."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from gongkai.remedies.queries.bundle import timeline
from gongkai.typeset.glyphs import FONTS, covered
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from datetime import date

    from gongkai.remedies.queries.bundle import Catalogue

FACE = "Gongkai Serif SC"
_ONE_AT_A_TIME = Lock()  # a compiler sets one file at a time


def write(found: Catalogue, facts: list[tuple[str, str]], names: dict[str, list[str]], day: date) -> bytes:
    """Return the catalogue; ``facts`` head it, ``names`` are the file names in the bundle by item, ``day`` dates it.

    A character that the face lacks is printed as its code point in brackets: a bundle must not fail for a rare name.
    """
    data = {
        "title": "举证材料目录",
        "fonts": [FACE],
        "date": [day.year, day.month, day.day],
        "facts": facts,
        "rows": [
            {
                "number": str(number),
                "caption": proof.item.caption,
                "article": proof.item.article,
                "materials": names.get(proof.item.key)
                or [*proof.lines, *(["在涉密场所出示"] if proof.outside else [])],
                "missing": proof.is_missing,
            }
            for number, proof in enumerate(found.proofs, 1)
        ],
        "others": names.get("others", []),
        "timeline": [[str(on), what, article] for on, what, article in timeline(found.course)],
        "searches": [line for proof in found.proofs if proof.item.key == "search_log" for line in proof.lines],
        "trace": _trace(found),
    }
    text = json.dumps(_shown(data), ensure_ascii=False)
    with _ONE_AT_A_TIME:
        pdf = _compiler().compile(format="pdf", pdf_standards=["a-2b"], sys_inputs={"bundle": text})
    assert isinstance(pdf, bytes)  # pages come one by one only as pictures
    return pdf


def _trace(found: Catalogue) -> list[list[str]]:
    if found.course.clock is None:
        return []
    return [[str(line["date"]), line["text"]] for line in found.course.clock.trace]


def _shown(value: Any) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, str):
        known = covered()
        return "".join(c if ord(c) in known or c.isspace() else f"[U+{ord(c):04X}]" for c in printable(value))
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _compiler() -> typst.Compiler:
    here = Path(str(resources.files("gongkai.remedies")))
    return typst.Compiler(str(here / "bundle.typ"), root=str(here), font_paths=[str(FONTS)], ignore_system_fonts=True)
