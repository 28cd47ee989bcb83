"""What should be looked at before a text goes out: personal data and slips of the pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.records.markup import plain
from gongkai.text import personal, proofreading

if TYPE_CHECKING:
    from gongkai.records.models import Record

FIELDS = {"title": "标题", "summary": "内容概述", "body": "正文"}
KINDS = {"identity": "身份证号码", "mobile": "手机号码", "bank_card": "银行卡号"}
AROUND = 12
"""Characters of context on either side."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. ``is_personal`` holds the last review back; a slip only warns.

    ``found`` is masked where it is personal; ``before`` and ``after`` are the words around it.
    """

    field: str
    is_personal: bool
    kind: str
    found: str
    suggestion: str = ""
    note: str = ""
    before: str = ""
    after: str = ""


def texts_of(record: Record) -> dict[str, str]:
    """Return what would be read, by field, without markup."""
    return {"title": record.title, "summary": record.summary, "body": plain(record.body)}


def remarks(record: Record) -> tuple[Remark, ...]:
    """Return what to look at in the title, the summary and the body, personal data first."""
    found: list[Remark] = []
    for name, text in texts_of(record).items():
        data = personal.find(text)
        shown = _masked(text, data)
        found += [
            Remark(FIELDS[name], True, KINDS[datum.kind], datum.masked, **_around(shown, datum)) for datum in data
        ]
        for slip in proofreading.find(text):
            words = {"suggestion": slip.suggestion, "note": slip.note}
            found.append(Remark(FIELDS[name], False, "疑似差错", slip.found, **words, **_around(shown, slip)))
    return tuple(sorted(found, key=lambda remark: not remark.is_personal))


def _around(text: str, span: personal.PersonalDatum | proofreading.Slip) -> dict[str, str]:
    before, after = text[max(span.start - AROUND, 0) : span.start], text[span.end : span.end + AROUND]
    return {"before": before.rpartition("\n")[2], "after": after.partition("\n")[0]}


def _masked(text: str, data: tuple[personal.PersonalDatum, ...]) -> str:
    """Blank personal data out, length kept, so that the context of one never shows another."""
    characters = list(text)
    for datum in data:
        characters[datum.start : datum.end] = "＊" * (datum.end - datum.start)
    return "".join(characters)
