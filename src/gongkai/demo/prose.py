"""The invented words of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.demo.city import words
from gongkai.records.models import Attribute, Category

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from gongkai.demo.city import City, Place

TERM = "{term}"
"""Where a normative document says until when it holds: known once its validity is drawn."""

UNPUBLISHED = frozenset({"on_request", "withheld"})
"""Sorts of documents that are filed and not published."""

SORTS = {
    "rules": (Category.RULES, Attribute.PROACTIVE),
    "normative": (Category.NORMATIVE, Attribute.PROACTIVE),
    "document": (Category.DOCUMENT, Attribute.PROACTIVE),
    "notice": (Category.NOTICE, Attribute.PROACTIVE),
    "on_request": (Category.DOCUMENT, Attribute.ON_REQUEST),
    "withheld": (Category.DOCUMENT, Attribute.WITHHELD),
}
"""What each sort of document is."""

_GENRES = ("通知", "意见", "决定", "通报", "批复", "函", "请示", "纪要", "报告", "公告")


def write(random: Random, city: City, place: Place, sort: str, day: date) -> dict[str, object]:
    """Return the fields of a document of ``place`` made on ``day``: everything but its numbers and periods."""
    category, attribute = SORTS[sort]
    stock = words()[sort]
    topic = random.choice(place.topics)
    filled = {
        "city": city.name,
        "unit": city.name_on(place, day),
        "topic": topic,
        "year": day.year,
        "date": f"{day.year}年{day.month}月{day.day}日",
        "place": random.choice(words()["places"]),
        "party": random.choice(words()["parties"]),
        "term": TERM,
    }
    choice = random.randrange(len(stock["titles"]))
    title = stock["titles"][choice].format(**filled)
    fields: dict[str, object] = {
        "category": category,
        "attribute": attribute,
        "title": title,
        "body": random.choice(stock.get("bodies", [""])).format(**filled),
        "made_on": day,
        "subject": place.subject,
        "genre": _genre(title),
        "keywords": topic,
        "is_full_text": random.random() < _FULL_TEXT,
    }
    if sort == "normative":
        fields["scope_item"] = "20.01"
        fields["summary"] = f"规定{topic}的适用范围、职责分工、办理程序和监督方式。"
    elif sort == "withheld":
        fields |= {"clause": stock["clauses"][choice], "reason": stock["reasons"][choice]}
    elif sort == "on_request":
        fields["reason"] = random.choice(stock["reasons"])
    return fields


def interpret(random: Random, place: Place, title: str, day: date) -> dict[str, object]:
    """Return the fields of what interprets the document called ``title``."""
    stock = words()["interpretation"]
    return {
        "category": Category.INTERPRETATION,
        "attribute": Attribute.PROACTIVE,
        "title": stock["titles"][0].format(title=_inner(title)),
        "body": random.choice(stock.get("bodies", [""])),
        "made_on": day,
        "subject": place.subject,
        "genre": "其他",
        "is_formal": False,
    }


def person(random: Random) -> str:
    """Return the name of an invented person."""
    return random.choice(words()["surnames"]) + random.choice(words()["given"])


def _inner(title: str) -> str:
    """Return a title as it stands within another's marks: those it has itself become single (GB/T 15834)."""
    return title.replace("《", "〈").replace("》", "〉")


def _genre(title: str) -> str:
    """Return the kind of document that the title ends with, as titles of official documents do."""
    return next((genre for genre in _GENRES if title.endswith(genre) or genre in title[-6:]), "其他")


_FULL_TEXT = 0.97
