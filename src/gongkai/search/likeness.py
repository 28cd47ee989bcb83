"""One character wrong, missing, too many, or swapped with its neighbour: as phrases to look for, and as a test."""

from __future__ import annotations

import re

_UNIT = re.compile(r"[0-9A-Za-z]+|[\u3400-\u4dbf\u4e00-\u9fff〇]")
_FEW = 3
"""Characters of which one may not be simply left out: what is left says too little."""


def one_edit(text: str) -> list[list[tuple[int, str]]]:
    """Return pieces of an index with their places, for each text that is one edit of a Chinese character away.

    Where a character is wrong any other may stand in its place. A run of letters and digits is one piece, and right.
    """
    units = [unit.lower() for unit in _UNIT.findall(text)]
    size = len(units)
    found: list[list[tuple[int, str]]] = []
    for place, unit in enumerate(units):
        if unit.isascii():
            continue
        left, right = units[:place], units[place + 1 :]
        found.append(_pieces(left, 0) + _pieces(right, place + 1))  # wrong
        if place:
            found.append(_pieces(left, 0) + _pieces(units[place:], place + 1))  # one is missing before it
        if size > _FEW:
            found.append(_pieces(left + right, 0))  # too many
        if right and right[0] != unit and not right[0].isascii():
            found.append(_pieces([*left, right[0], unit, *right[1:]], 0))  # swapped
    distinct = {tuple(one): one for one in found if one}
    return [one for one in distinct.values() if len(one) > 1 or size <= _FEW]


def is_one_edit(one: str, other: str) -> bool:
    """Tell whether one wrong, missing, additional or swapped character makes ``one`` of ``other``.

    >>> is_one_edit("采砂管理", "采沙管理"), is_one_edit("公积金", "积公金"), is_one_edit("公积金", "公金")
    (True, True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        is_wrong = one[start + 1 :] == other[start + 1 :]
        is_swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
        return is_wrong or is_swapped
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]


def _pieces(units: list[str], place: int) -> list[tuple[int, str]]:
    """Return pieces that hold every character of ``units``, the first of which stands at ``place``.

    None holds a character with no other beside it: what follows it is not known.
    """
    found: list[tuple[int, str]] = []
    start = 0
    while start < len(units):
        if units[start].isascii():
            found.append((place + start, units[start]))
            start += 1
            continue
        end = start
        while end < len(units) and not units[end].isascii():
            end += 1
        run = "".join(units[start:end])
        found += ((place + start + at, run[at : at + 2]) for at in range(0, len(run) - 1, 2))
        if len(run) > 1 and len(run) % 2:
            found.append((place + end - 2, run[-2:]))
        start = end
    return found
