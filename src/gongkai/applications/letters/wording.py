"""Versioned wordings of letters: those shipped as data, and how a wording is checked and filled in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import TYPE_CHECKING

from gongkai.law.letters import letter, letters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FRAME = "answer_frame"
"""What every answer begins and ends with."""

ANSWER = "answer"
"""The field of the frame where the answer itself stands."""

GIVEN = {
    "agency": "本机关名称",
    "you": "对受文者的称呼（您、你单位）",
    "receipt": "收到申请的日期、渠道和受理编号",
    "request": "申请的内容",
    "request_bare": "申请的内容（不成句）",
    "receipt_number": "受理编号",
    "received": "收到日期",
    "channel": "收到渠道",
    "contact": "联系人和联系方式",
    "classification": "密级和保密期限",
}
"""Fields that the case itself gives: nobody fills them in."""

OF_MATTERS = {"about": "被投诉机构、被申诉的单位"}
"""Fields that a matter beside applications gives besides; it has no channel."""

ON_FORMS = {
    "addressee": "受送达人",
    "address": "送达地址",
    "letter": "文书名称和文号",
    "copies": "份数",
    "mail": "邮件号码",
    "proposal": "拟办意见",
    "reason": "理由",
}
"""Fields of the internal forms beside those the law names."""

PRINTED_ELSEWHERE = frozenset({"heading", "number", "addressee", "request", "date", "seal"})
"""What the law wants on every letter and the lay-out prints by itself (``request``: the receipt or the information)."""


class WordingError(ValueError):
    """A wording that cannot serve: a field that the law wants is missing, or one is named that does not exist."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind of letter is worded. ``version`` names it for ever; ``rows`` are those of a form."""

    kind: str
    regulation: str
    version: str
    valid_from: date
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@cache
def shipped(regulation: str) -> Mapping[str, Wording]:
    """Return the wordings of an edition that come with the package, by the kind of letter."""
    file = resources.files("gongkai.applications.letters").joinpath("templates", f"{regulation}.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        entry["key"]: Wording(
            kind=entry["key"],
            regulation=regulation,
            version=data["version"],
            valid_from=data["valid_from"],
            paragraphs=tuple(entry.get("paragraphs", ())),
            rows=tuple((label, text) for label, text in entry.get("rows", ())),
        )
        for entry in data["letter"]
    }


def fields_of(kind: str, regulation: str) -> dict[str, str]:
    """Return the fields that somebody fills in for a kind of letter, in the law's order, with their captions."""
    return {
        field.key: field.caption
        for field in letter(kind, regulation).fields
        if field.key not in PRINTED_ELSEWHERE and field.key not in GIVEN
    }


def allowed(kind: str, regulation: str) -> dict[str, str]:
    """Return every field that a wording of ``kind`` may name, with its caption."""
    if kind == FRAME:
        return {**GIVEN, ANSWER: "答复的正文"}
    law = letter(kind, regulation)
    given = dict(GIVEN)
    if law.audience == "internal":
        given |= ON_FORMS
    if law.case != "application":
        given |= OF_MATTERS
        del given["channel"], given["classification"]
    return {**given, **{field.key: field.caption for field in law.fields}}


def check(kind: str, regulation: str, paragraphs: tuple[str, ...]) -> None:
    """Raise ``WordingError`` unless ``paragraphs`` name every field the law wants and none that does not exist."""
    try:
        named = {name for text in paragraphs for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise WordingError("花括号没有成对：字段写成 {名称}，正文中不能单独使用花括号。") from error
    known = allowed(kind, regulation)
    unknown = sorted(named - known.keys())
    wanted = {ANSWER: "答复的正文"} if kind == FRAME else fields_of(kind, regulation)
    lacking = [f"{caption} {{{key}}}" for key, caption in wanted.items() if key not in named]
    if unknown:
        raise WordingError(f"没有这些字段：{'、'.join(unknown)}。可用的字段：{'、'.join(known)}。")
    if lacking:
        raise WordingError(f"缺少依法必须载明的内容：{'；'.join(lacking)}。请在正文中写入相应字段。")


def kinds(regulation: str) -> tuple[str, ...]:
    """Return the kinds whose wording an office may make its own: all but the forms."""
    named = tuple(one.key for one in letters(regulation) if not shipped(regulation)[one.key].rows)
    return (FRAME, *named)


_FIELD = re.compile(r"\{(\w+)\}")
_END = "。；;，, \t\n"


def fill(paragraph: str, values: Mapping[str, str], captions: Mapping[str, str]) -> list[str]:
    """Return ``paragraph`` with its fields filled in: several where it is one field of several lines.

    A field without a value is shown as such; one that may be empty has the empty text as its value. Values end
    without the stop that follows them, and lines inside a sentence are joined by semicolons.
    """
    alone = _FIELD.fullmatch(paragraph)
    if alone and values.get(alone[1]):
        return [line.strip() for line in values[alone[1]].splitlines() if line.strip()]

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            return f"【未填：{captions.get(name, name)}】"
        *rest, last = [line.strip() for line in values[name].splitlines() if line.strip()] or [""]
        text = "；".join([*(line.rstrip(_END) for line in rest), last])
        following = found.string[found.end() : found.end() + 1]
        return text.rstrip(_END) if following and following in _END else text

    filled = _FIELD.sub(value, paragraph)
    return [filled] if filled.strip() else []
