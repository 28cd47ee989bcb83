"""F13: personal data in what is given out. Read only where asked to: it opens the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.errors import ReadError
from gongkai.annual.reader import load
from gongkai.annual.reader.source import Grid
from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.models import PaperKind
from gongkai.files.domain import store
from gongkai.files.secrecy import READABLE
from gongkai.text import personal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Paper

_KINDS = {"identity": "身份证号码", "mobile": "手机号码", "bank_card": "银行卡号"}


def check(case: Case) -> Iterator[Finding]:
    """Yield personal data in the released papers, masked, and papers whose text cannot be read."""
    if not case.is_deep:
        return
    for paper in case.papers:
        if paper.kind == PaperKind.RELEASED:
            yield from _paper(paper)


def _paper(paper: Paper) -> Iterator[Finding]:
    text = _text(paper)
    if not text.strip():
        yield RULES["F13b"].finding(name=paper.name)
        return
    for kind, masked in dict.fromkeys((datum.kind, datum.masked) for datum in personal.find(text)):
        yield RULES["F13a"].finding(name=paper.name, kind=_KINDS[kind], found=masked)


def _text(paper: Paper) -> str:
    """Return the words of a paper; empty where it has none that can be read here."""
    if paper.blob.kind not in READABLE:
        return ""
    try:
        source = load(store.read(paper.blob), name=paper.name, ocr=False)
    except ReadError:
        return ""
    blocks = ("".join(cell.text for cell in one.cells) if isinstance(one, Grid) else one.text for one in source.blocks)
    return "\n".join(blocks)
