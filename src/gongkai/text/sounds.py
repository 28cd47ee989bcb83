"""How text sounds, roughly: what people mix up who type by pinyin or speak with an accent sounds the same.

Each character has one reading here, its commonest: both sides of a comparison are read alike, so a wrong one does no
harm, and a table is a hundred times faster than reading words. For showing pinyin see ``pinyin``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

_INITIAL = re.compile(r"^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?")
_MERGED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_MERGED_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=50_000)
def syllable(char: str) -> str:
    """Return the commonest reading of a Chinese character without tone, ``ü`` as ``v``; others as they are.

    >>> syllable("吕"), syllable("A")
    ('lv', 'a')
    """
    reading = pinyin_dict.get(ord(char), "").partition(",")[0]
    if not reading:
        return char.lower()
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in plain if "a" <= c <= "z") or char


@lru_cache(maxsize=50_000)
def sound(char: str) -> str:
    """Return what ``char`` sounds like where zh and z, n and l, ing and in … are not told apart.

    >>> sound("诊") == sound("正"), sound("宁") == sound("林")
    (True, True)
    """
    read = syllable(char)
    if read == char.lower() or not read.isascii():
        return read
    match = _INITIAL.match(read)
    initial = (match[1] if match else None) or ""
    final = read[len(initial) :]
    for long, short in _MERGED_FINALS:
        if final.endswith(long):
            final = final[: -len(long)] + short
    return _MERGED_INITIALS.get(initial, initial) + final
