"""Invented documents in any number for ``search.py``: sentences of the demonstration, words drawn by Zipf's law.

The same seed gives the same documents. A document is about 541 characters long, and 200 000 of them have more than
300 000 distinct words: what is rare in them decides how large an index becomes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from pypinyin.phrases_dict import phrases_dict

from gongkai.demo.city import city, words
from gongkai.records.markup import plain
from gongkai.search.port import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

MEAN = 541
DRAWN = 90
"""Characters of each document that are words drawn one by one."""
UNITS = 80
LAST = date(2024, 12, 31)
SUBJECTS = ("城乡建设", "财政", "卫生健康", "教育", "农业农村", "市场监管", "生态环境", "民政", "交通运输", "综合政务")
VALIDITY = ("in_force", "in_force", "in_force", "modified", "repealed", "expired")
_LONGEST = 4


def documents(count: int, seed: int = 541) -> Iterator[Document]:
    """Yield ``count`` documents."""
    random = Random(seed)
    sentences, titles, topics = _stock()
    drawn = _Zipf(random)
    surnames, given = words()["surnames"], "".join(words()["given"])
    for number in range(count):
        topic = random.choice(topics)
        filled = {
            "city": "海岚市",
            "unit": f"海岚市{random.choice(topics)[:2]}局",
            "topic": topic,
            "year": 2010 + random.randrange(15),
            "date": f"{2010 + random.randrange(15)}年{random.randrange(1, 13)}月{random.randrange(1, 29)}日",
            "place": random.choice(words()["places"]),
            "party": random.choice(words()["parties"]),
            "term": "，有效期五年",
        }
        person = random.choice(surnames) + "".join(random.choices(given, k=random.randrange(1, 3)))
        body = [
            f"联系人{person}，编号QZ{random.randrange(10**6):06}，金额{random.randrange(10**7) / 100:.2f}元。",
            drawn.run(DRAWN),
        ]
        length = sum(map(len, body))
        while length < MEAN - 14:
            sentence = random.choice(sentences).format(**filled)
            body.append(sentence)
            length += len(sentence)
        random.shuffle(body)
        unit, year = random.randrange(UNITS), 2010 + random.randrange(15)
        yield Document(
            key=f"records.record:{number}",
            kind="interpretation" if number % 8 == 0 else "record",
            title=random.choice(titles).format(**filled) + random.choice(("", f"（第{number}号）")),
            body="".join(body),
            numbers=(f"岚办〔{year}〕{number}号", f"HL{unit:05}-0200-{year}-{number:05}"),
            unit=f"HL-{unit:03}",
            day=LAST - timedelta(days=random.randrange(365 * 15)),
            validity=random.choice(VALIDITY),
            subject=random.choice(SUBJECTS),
            keywords=(topic,),
            access=(f"unit:{unit}", "public"),
        )


class _Zipf:
    """Words of a dictionary, the n-th drawn 1/n as often as the first."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._words = [word for word in phrases_dict if len(word) <= _LONGEST]
        random.shuffle(self._words)
        self._weights = list(accumulate(1 / (1 + place) ** 0.9 for place in range(len(self._words))))

    def run(self, length: int) -> str:
        found: list[str] = []
        while length > 0:
            word = self._words[bisect_left(self._weights, self._random.random() * self._weights[-1])]
            found.append(word)
            length -= len(word) + 1
        return "，".join(found) + "。"


def _stock() -> tuple[list[str], list[str], list[str]]:
    stock = words()
    bodies = [body for sort in stock.values() if isinstance(sort, dict) for body in sort.get("bodies", [])]
    titles = [title for sort in ("normative", "rules", "document", "notice") for title in stock[sort]["titles"]]
    sentences = sorted({s for body in bodies for s in re.findall(r"[^。\n]{8,}。", plain(body))})
    return sentences, titles, sorted({topic for place in city().places for topic in place.topics})
