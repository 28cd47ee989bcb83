"""The words of ``lexicon.toml`` and the patterns that find them, numbers and delimiters in compact text."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATA: dict[str, dict[str, str]] = tomllib.loads(
    resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
)


def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for group, entries in _DATA.items():
        for name, listed in entries.items():
            words |= dict.fromkeys(listed.split(), group if name == "topic" else name)
    return words


SYMBOLS: Mapping[str, str] = _words()
"""The symbol of every word."""

GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {group: frozenset(group if name == "topic" else name for name in entries) for group, entries in _DATA.items()}
)
"""The symbols of every group of the lexicon."""

DELIMITERS = "；，、：（）\ue000"
"""What separates clauses and items inside a sentence."""

CASES = frozenset("件宗份条例起")
"""Measure words for applications, cases and documents."""

_UNITS = (
    "件次 人次 万元 亿元 元 个百分点 百分点 % 件 条 份 宗 起 例 次 篇 期 个 项 类 种 场 户 家 名 人 台 批 部 幅 则 "
    "本 册 年 月 日 天 小时 分钟 页 字 倍 处 所 位 座 集 辆 块 张 版 方面 部分"
)


def trie(words: Iterable[str]) -> str:
    """Return a pattern that finds the longest of ``words``; much faster than an alternation of them.

    Every branch begins with a plain character, which lets the engine skip the characters no word begins with.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        tails = {re.escape(char): pattern(below) for char, below in node.items() if char}
        found = [char + tail for char, tail in tails.items() if tail]
        last = "".join(char for char, tail in tails.items() if not tail)
        if last:
            found.append(last if len(last) == 1 else f"[{last}]")
        if not found:
            return ""
        if len(found) == 1 and "" not in node:
            return found[0]
        return f"(?:{'|'.join(found)})" + ("?" if "" in node else "")

    return f"(?:{'|'.join(re.escape(char) + pattern(below) for char, below in root.items())})"


WORD = re.compile(trie([*SYMBOLS, *DELIMITERS]))
"""A word of the lexicon or a delimiter."""

NUMBER = re.compile(rf"([0-9][0-9,]*(?:\.[0-9]+)?)([百千]?[万亿](?!元))?([余多])?({trie(_UNITS.split())})?(以上|左右)?")
"""A number in digits: digits, scale, 余, measure word, 以上."""

_HAN = "两二三四五六七八九十百"
COUNTED = re.compile(
    rf"[一{_HAN}](?:(?<!一)[{_HAN}]{{0,4}}|(?<=[请议讼件了共有到]一))"
    "(件|宗|份|条|大类|类|项|个方面|方面|个部分|部分|个类别)"
)
"""A small number in Chinese characters with its measure word. It begins with one class, which the engine looks up."""

ABOUT = frozenset("约近超逾")
"""Characters before a number that make it approximate."""
