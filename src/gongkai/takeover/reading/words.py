"""Days, document numbers and labels as old pages print them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from gongkai.tables import cells
from gongkai.text.normalise import clean
from gongkai.text.numerals import chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LABELS = {
    "index_number": ("索引号", "信息索引号", "信息索引", "索引编号"),
    "document_number": ("发文字号", "文号", "文件编号", "发文文号", "文件文号"),
    "unit": ("发布机构", "发布单位", "发文机关", "发文单位", "公开主体", "信息来源", "稿件来源", "文章来源", "来源"),
    "made_on": ("成文日期", "生成日期", "发文日期", "印发日期", "成文时间"),
    "published_on": ("发布日期", "发布时间", "公开日期", "公开时间", "发表时间", "日期", "时间"),
    "title": ("标题", "名称", "信息名称"),
    "column": ("所属栏目", "栏目名称", "信息分类"),
    "keywords": ("主题词", "关键词", "关键字"),
    "summary": ("内容概述", "内容概要", "摘要"),
}
"""What pages call the things we look for."""

_OTHERS = (
    "主题分类",
    "分类",
    "体裁",
    "有效性",
    "效力状态",
    "是否有效",
    "浏览次数",
    "点击数",
    "字号",
    "作者",
    "责任编辑",
)
_NAME_OF = {words: name for name, captions in LABELS.items() for words in captions} | dict.fromkeys(_OTHERS, "")
_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])("
    + "|".join(r"\s*".join(words) for words in sorted(_NAME_OF, key=len, reverse=True))
    + r")\s*[：:]"
)
_EDGES = " \u3000\xa0\t\r\n[]【】|｜"
_BLANKS = cells.BLANKS | {"", "暂无", "不详"}

_DAY = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_CHINESE_DAY = re.compile(
    r"([一二三四五六七八九〇○零]{4})年\s*([一二三四五六七八九十]{1,2})月\s*([一二三四五六七八九十]{1,3})日"
)
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}[〔［\[(（﹝【](?:19|20)\d{2}[〕］\])）﹞】]第?\s*\d{1,5}\s*号|[\u4e00-\u9fff]{2,20}(?:公告|令)(?:(?:19|20)\d{2}年)?第\s*\d{1,4}\s*号"
)
_SIGNED_DAY = 40
"""A line that is longer is a sentence, no date below a signature."""


def day_in(words: str) -> date | None:
    """Return the first day in ``words``, in digits or in Chinese; ``None`` where there is none that exists."""
    for pattern in (_DAY, _CHINESE_DAY, _COMPACT_DAY):
        match = pattern.search(words) if pattern is not _COMPACT_DAY else pattern.fullmatch(words.strip())
        if match is None:
            continue
        numbers = [int(part) if part.isdigit() and part.isascii() else chinese_number(part) for part in match.groups()]
        if None in numbers:
            continue
        try:
            return date(*numbers)  # type: ignore[arg-type] -- none of them is None
        except ValueError:
            continue
    return None


def number_in(line: str) -> str:
    """Return the document number that ``line`` is, and nothing else, in one spelling; else nothing."""
    plain = "".join(clean(line).split()).strip("（）()")
    return spelt_number(plain) if _NUMBER.fullmatch(plain) else ""


def spelt_number(words: str) -> str:
    """Return a document number in the spelling of the register; nothing where it is none."""
    try:
        return cells.number("".join(clean(words).split()))
    except cells.CellError:
        return ""


def signed_on(lines: list[str]) -> date | None:
    """Return the day below the signature: the last short line that is a date, near the end."""
    for line in reversed(lines[-12:]):
        if len(line) <= _SIGNED_DAY and (found := day_in(line)) is not None and re.search(r"[日\d]\s*[）)]?$", line):
            return found
    return None


def first_number(lines: list[str]) -> str:
    """Return the document number that stands alone in one of the first lines."""
    return next((found for line in lines[:10] if (found := number_in(line))), "")


def has_label(text: str) -> bool:
    """Tell whether one of the labels of a page stands in ``text``."""
    return _LABEL.search(text) is not None


def labelled(pieces: Iterable[str]) -> dict[str, str]:
    """Return what the labels in ``pieces`` (lines and cells, in order) say, by the names of ``LABELS``.

    The words up to the next label belong to a label; where there are none, the next piece does.
    """
    found: dict[str, str] = {}
    waiting = ""
    for piece in pieces:
        labels = list(_labels(piece))
        if waiting and (not labels or labels[0][1] > 0):
            until = labels[0][1] if labels else len(piece)
            _keep(found, waiting, piece[:until])
        waiting = ""
        for number, (name, _, end) in enumerate(labels):
            until = labels[number + 1][1] if number + 1 < len(labels) else len(piece)
            value = piece[end:until].strip(_EDGES)
            if value:
                _keep(found, name, value)
            waiting = "" if value else name
    return found


def _labels(piece: str) -> Iterator[tuple[str, int, int]]:
    for match in _LABEL.finditer(piece):
        yield _NAME_OF["".join(match[1].split())], match.start(), match.end()


def _keep(found: dict[str, str], name: str, value: str) -> None:
    words = " ".join(value.strip(_EDGES).split())
    if name and words not in _BLANKS:
        found.setdefault(name, words)
