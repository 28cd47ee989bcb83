"""Tables from ruled lines: cells are what the lines enclose, merged cells are where a line is missing.

The lines of a printed table are never as clean as they look: a border is drawn piece by piece, as a thin filled box, as
dashes or twice; the last row of a page has no lower border, a table in the open style none on its sides. So lines are
first snapped together and joined, then one lattice is made of every group of lines that touch each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.reader.layout import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COVERED = 0.6
"""How much of a cell's side a line has to cover to close it."""

MOST_RULES = 600
"""Joined lines on one page beyond which there is no table to be found, only a drawing."""

MOST_CELLS = 20_000
"""Positions in one lattice beyond which it is a drawing: the largest statutory table has about 400."""


class Box(NamedTuple):
    """A cell of a lattice: the rows and columns it covers, the ends not included."""

    row: int
    column: int
    end_row: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the x of its column edges, the y of its row edges, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def area(self) -> float:
        """The area it covers on the page."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Tell whether the point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def find(across: Iterable[Rule], down: Iterable[Rule], *, snap: float) -> list[Lattice]:
    """Return the tables that the lines draw, from the top of the page down; ``snap`` is what counts as the same place.

    A frame of one cell is no table.
    """
    rows = join(across, snap=snap)
    columns = join(down, snap=snap)
    if len(rows) + len(columns) > MOST_RULES:
        return []
    found = []
    for group_rows, group_columns in _groups(rows, columns, snap=snap):
        lattice = _lattice(group_rows, group_columns, snap=snap)
        if lattice is not None and len(lattice.boxes) > 1:
            found.append(lattice)
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def cluster(values: Iterable[float], *, snap: float) -> list[float]:
    """Return the places where values gather: neighbours within ``snap`` of the first of a place are that place."""
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][0] <= snap:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(place) / len(place) for place in places]


def nearest(places: Sequence[float], value: float) -> int:
    """Return the index of the place nearest to the value."""
    return min(range(len(places)), key=lambda index: abs(places[index] - value))


def join(rules: Iterable[Rule], *, snap: float) -> list[Rule]:
    """Join lines at the same place that touch, overlap or leave out no more than a dash does; drop the crumbs."""
    joined: list[Rule] = []
    place: list[Rule] = []
    for rule in [*sorted(rules), None]:
        if place and (rule is None or rule.at - place[0].at > snap):
            joined += _end_to_end(place, snap=snap)
            place = []
        if rule is not None:
            place.append(rule)
    return [rule for rule in joined if rule.end - rule.start > 2 * snap]


def _end_to_end(place: list[Rule], *, snap: float) -> list[Rule]:
    joined: list[Rule] = []
    longest = 0.0
    for rule in sorted(place, key=lambda rule: rule.start):
        length = rule.end - rule.start
        if joined and rule.start - joined[-1].end <= 1.5 * snap:
            last = joined[-1]
            # The longest piece says where the line runs: a dash or the corner of a border must not pull it aside.
            joined[-1] = Rule(rule.at if length > longest else last.at, last.start, max(last.end, rule.end))
            longest = max(longest, length)
        else:
            joined.append(rule)
            longest = length
    return joined


def _groups(rows: list[Rule], columns: list[Rule], *, snap: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the lines that touch; lines that touch nothing (underlines, separators) are no table."""
    parents = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for r, row in enumerate(rows):
        for c, column in enumerate(columns, start=len(rows)):
            if (
                row.start - snap <= column.at <= row.end + snap
                and column.start - snap <= row.at <= column.end + snap
                and root(r) != root(c)
            ):
                parents[root(r)] = root(c)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*rows, *columns]):
        groups.setdefault(root(index), ([], []))[index >= len(rows)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _lattice(rows: list[Rule], columns: list[Rule], *, snap: float) -> Lattice | None:
    # Where lines stick out past the last one across them the table is open there: their ends are its edge.
    xs = cluster([rule.at for rule in columns], snap=snap)
    ys = cluster([rule.at for rule in rows], snap=snap)
    left, right = min(rule.start for rule in rows), max(rule.end for rule in rows)
    top, bottom = min(rule.start for rule in columns), max(rule.end for rule in columns)
    open_left, open_right = left < xs[0] - 2 * snap, right > xs[-1] + 2 * snap
    open_top, open_bottom = top < ys[0] - 2 * snap, bottom > ys[-1] + 2 * snap
    xs = [*([left] if open_left else []), *xs, *([right] if open_right else [])]
    ys = [*([top] if open_top else []), *ys, *([bottom] if open_bottom else [])]
    height, width = len(ys) - 1, len(xs) - 1
    if not 0 < height * width <= MOST_CELLS:
        return None
    walls = _covered(columns, xs, ys)
    floors = _covered(rows, ys, xs)
    boxes = _boxes(height, width, walls, floors)
    return Lattice(tuple(xs), tuple(ys), tuple(boxes))


def _covered(rules: list[Rule], places: list[float], crossings: list[float]) -> set[tuple[int, int]]:
    """Return (index of the place, index of the interval between crossings) for every side that a line covers."""
    lengths: dict[tuple[int, int], float] = {}
    for rule in rules:
        place = nearest(places, rule.at)
        for interval in range(len(crossings) - 1):
            low, high = crossings[interval], crossings[interval + 1]
            overlap = min(rule.end, high) - max(rule.start, low)
            if overlap > 0:
                lengths[place, interval] = lengths.get((place, interval), 0.0) + overlap
    return {
        (place, interval)
        for (place, interval), length in lengths.items()
        if length >= COVERED * (crossings[interval + 1] - crossings[interval])
    }


def _boxes(height: int, width: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[Box]:
    """Make the cells: from each free position to the right until a wall, then down until a floor or a wall across it.

    A region that is no rectangle (a line is missing somewhere) falls apart into rectangles, row by row.
    """
    taken = [[False] * width for _ in range(height)]
    boxes = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            end_column = column + 1
            while end_column < width and (end_column, row) not in walls and not taken[row][end_column]:
                end_column += 1
            end_row = row + 1
            while end_row < height and _goes_on(end_row, column, end_column, width, walls, floors):
                end_row += 1
            for taken_row in taken[row:end_row]:
                taken_row[column:end_column] = [True] * (end_column - column)
            boxes.append(Box(row, column, end_row, end_column))
    return boxes


def _goes_on(  # noqa: PLR0917 - six coordinates of one question
    row: int, column: int, end_column: int, width: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> bool:
    """Tell whether a cell goes on into ``row``: no floor above any of it, no wall inside it, none of it open aside."""
    return (
        not any((row, inside) in floors for inside in range(column, end_column))
        and not any((inside, row) in walls for inside in range(column + 1, end_column))
        and (column == 0 or (column, row) in walls)
        and (end_column == width or (end_column, row) in walls)
    )
