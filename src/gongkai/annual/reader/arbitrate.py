"""The sums decide between the readings of rows: what remains is what all identities of the form allow together.

Rows whose reading is certain are given; for each other row there are candidates. A candidate stays if some choice of
candidates for all rows satisfies every identity. Where no choice does, the report itself is wrong there: then the
sums decide nothing, and every candidate stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.annual.forms import Identity
    from gongkai.annual.report import Number

Candidate: TypeAlias = "tuple[Number | None, ...]"
_BUDGET = 20_000


@dataclass(slots=True)
class Choice:
    """A row that can be read in several ways: one number, or ``None`` for blank, per key."""

    keys: tuple[str, ...]
    candidates: list[Candidate]


@dataclass(slots=True)
class _Component:
    """Choices tied to each other by identities; per identity, what the certain cells leave over."""

    choices: list[Choice]
    bases: list[Number]
    effects: list[list[list[Number]]]  # choice, candidate, identity


def narrow(
    choices: Sequence[Choice], known: Mapping[str, Number | None], identities: Sequence[Identity], *, loose: bool
) -> list[Identity]:
    """Remove from ``choices`` every candidate that the ``identities`` exclude; return the identities that fail.

    ``known`` holds the certain cells. An identity with a cell in neither is left out; with ``loose`` only that cell
    is (forms that print a selection of their rows).
    """
    failed: list[Identity] = []
    for component, used in _components(choices, known, identities, loose=loose):
        kept = _Support(component).run()
        if kept is None:
            failed += used
        else:
            for choice, indices in zip(component.choices, kept, strict=True):
                choice.candidates = [choice.candidates[index] for index in indices]
    return failed


def _components(
    choices: Sequence[Choice], known: Mapping[str, Number | None], identities: Sequence[Identity], *, loose: bool
) -> list[tuple[_Component, list[Identity]]]:
    owner = {key: index for index, choice in enumerate(choices) for key in choice.keys}
    usable: list[tuple[Identity, list[tuple[str, int]], set[int]]] = []
    for identity in identities:
        terms = [(key, 1) for key in identity.left] + [(key, -1) for key in identity.right]
        present = [(key, sign) for key, sign in terms if key in owner or key in known]
        if len(present) < len(terms) and not (loose and {sign for _, sign in present} == {1, -1}):
            continue
        if len(identity.left) == 1 and known.get(identity.left[0], 0) is None:
            continue  # the printed total is blank
        touched = {owner[key] for key, _ in present if key in owner}
        if touched:
            usable.append((identity, present, touched))
    groups: list[set[int]] = []
    for _, _, touched in usable:
        joined = set(touched).union(*(group for group in groups if group & touched))
        groups = [group for group in groups if not group & touched] + [joined]
    return [_component(group, choices, known, usable, owner) for group in groups]


def _component(
    group: set[int],
    choices: Sequence[Choice],
    known: Mapping[str, Number | None],
    usable: Sequence[tuple[Identity, list[tuple[str, int]], set[int]]],
    owner: Mapping[str, int],
) -> tuple[_Component, list[Identity]]:
    order = sorted(group, key=lambda index: len(choices[index].candidates))
    mine = [(identity, terms) for identity, terms, touched in usable if touched <= group]
    bases: list[Number] = [
        sum(sign * (known[key] or 0) for key, sign in terms if key not in owner) for _, terms in mine
    ]
    effects: list[list[list[Number]]] = []
    for index in order:
        choice = choices[index]
        places = {key: place for place, key in enumerate(choice.keys)}
        slots = [[(places[key], sign) for key, sign in terms if key in places] for _, terms in mine]
        effects.append(
            [
                [sum(sign * (candidate[place] or 0) for place, sign in slot) for slot in slots]
                for candidate in choice.candidates
            ]
        )
    return _Component([choices[index] for index in order], bases, effects), [identity for identity, _ in mine]


class _Support:
    """Looks for one solution per candidate; gives up, keeping what it has not excluded, when it takes too long."""

    def __init__(self, component: _Component) -> None:
        self.effects = component.effects
        self.bases = component.bases
        self.work = 0
        width = len(component.bases)
        self.allowed = [list(range(len(options))) for options in component.effects]
        self.width = width

    def run(self) -> list[list[int]] | None:
        if not self._bound():
            return None
        supported: list[set[int]] = [set() for _ in self.effects]
        for place, options in enumerate(self.allowed):
            for index in options:
                if index in supported[place]:
                    continue
                solution = self._solve(place, index)
                if solution is not None:
                    for at, chosen in enumerate(solution):
                        supported[at].add(chosen)
                elif self.work > _BUDGET:
                    supported[place].add(index)  # not excluded, only not found in time
        if not all(supported):
            return None
        return [sorted(indices) for indices in supported]

    def _bound(self) -> bool:
        # Drop what no choice of the others can balance, until nothing more drops; false where a row has nothing left.
        changed = True
        while changed:
            changed = False
            ranges = [self._range(place) for place in range(len(self.effects))]
            lows = [sum(low, base) for base, *low in zip(self.bases, *(low for low, _ in ranges), strict=True)]
            highs = [sum(high, base) for base, *high in zip(self.bases, *(high for _, high in ranges), strict=True)]
            for place, (low, high) in enumerate(ranges):
                kept = [
                    index
                    for index in self.allowed[place]
                    if all(
                        total_low - own_low + effect <= 0 <= total_high - own_high + effect
                        for total_low, own_low, total_high, own_high, effect in zip(
                            lows, low, highs, high, self.effects[place][index], strict=True
                        )
                    )
                ]
                if not kept:
                    return False
                changed = changed or len(kept) < len(self.allowed[place])
                self.allowed[place] = kept
        return True

    def _range(self, place: int) -> tuple[list[Number], list[Number]]:
        columns = list(zip(*(self.effects[place][index] for index in self.allowed[place]), strict=True))
        return [min(column) for column in columns], [max(column) for column in columns]

    def _solve(self, forced: int, index: int) -> list[int] | None:
        options = [
            [(number, self.effects[place][number]) for number in ([index] if place == forced else allowed)]
            for place, allowed in enumerate(self.allowed)
        ]
        lows: list[list[Number]] = [[0] * self.width]
        highs: list[list[Number]] = [[0] * self.width]
        for choice in reversed(options):
            columns = list(zip(*(effect for _, effect in choice), strict=True))
            lows.append([low + min(column) for low, column in zip(lows[-1], columns, strict=True)])
            highs.append([high + max(column) for high, column in zip(highs[-1], columns, strict=True)])
        lows.reverse()
        highs.reverse()
        chosen: list[int] = []

        def search(place: int, sums: list[Number]) -> bool:
            self.work += 1
            if any(
                total + low > 0 or total + high < 0
                for total, low, high in zip(sums, lows[place], highs[place], strict=True)
            ):
                return False
            if place == len(options):
                return True
            for number, effect in options[place]:
                if self.work > _BUDGET:
                    return False
                chosen.append(number)
                if search(place + 1, [total + part for total, part in zip(sums, effect, strict=True)]):
                    return True
                chosen.pop()
            return False

        return list(chosen) if search(0, self.bases) else None
