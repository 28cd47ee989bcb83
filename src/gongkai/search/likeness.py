"""One character wrong, missing, too many, or swapped with its neighbour: as phrases to look for, and as a test."""

from __future__ import annotations

_FEW = 3
"""Characters of which one may not be simply left out: what is left says too little."""


def one_edit(text: str) -> list[list[tuple[int, str]]]:
    """Return pairs of characters with their places, for each text that is one edit away from ``text``.

    ``text`` is Chinese characters alone. Where a character is wrong any other may stand in its place.
    """
    found: list[list[tuple[int, str]]] = []
    size = len(text)
    for place in range(size):
        left, right = text[:place], text[place + 1 :]
        found.append(_pairs(left, 0) + _pairs(right, place + 1))  # wrong
        if place:
            found.append(_pairs(left, 0) + _pairs(text[place:], place + 1))  # one is missing before it
        if size > _FEW:
            found.append(_pairs(left + right, 0))  # too many
        if right and right[0] != text[place]:
            found.append(_pairs(left + right[0] + text[place] + right[1:], 0))  # swapped
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


def _pairs(text: str, place: int) -> list[tuple[int, str]]:
    """Return pairs that hold every character of ``text``, which stands at ``place``; none of a single one."""
    pairs = [(place + at, text[at : at + 2]) for at in range(0, len(text) - 1, 2)]
    if len(text) > 1 and len(text) % 2:
        pairs.append((place + len(text) - 2, text[-2:]))
    return pairs
