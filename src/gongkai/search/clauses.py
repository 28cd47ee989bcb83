"""Query trees of the embedded index: filters first, then every part of the text as it may be found.

Two trees are made of one query. The *strict* one finds what holds every part: adjoining, as words, or as a synonym.
The *loose* one is asked only where that finds nothing: it forgives in each part one character that is wrong, missing,
too many or swapped, one that sounds the same, or words that are not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tantivy import Occur
from tantivy import Query as Clause

from gongkai.search.asking import Part, number_keys, parts
from gongkai.search.fields import sounds
from gongkai.text.normalise import is_chinese
from gongkai.text.segmentation import bigrams
from gongkai.text.synonyms import alternatives, without_fillers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.search.port import Query
    from gongkai.text.segmentation import Cutter

TITLE_PHRASE, TITLE_WORDS, BODY_PHRASE, BODY_WORDS, NUMBER = 8.0, 4.0, 2.0, 1.0, 40.0
SYNONYM = 0.7
SAME_SOUND, ONE_EDIT, MOST_PAIRS, MOST_WORDS = 6.0, 5.0, 2.0, 1.0
SHARE = 0.6
"""Of the pairs of characters, or of the words, of a part that is found loosely, so many must be there."""
MAX_EDITED = 24
"""Characters of a part up to which each of them may be the wrong one; longer ones have enough pairs left."""
MAX_WORDS = 24
"""Words of one part that are looked at."""
_FEW = 4


class Trees:
    """Makes the trees for an index of ``schema`` whose texts ``cutter`` cut."""

    def __init__(self, schema: Any, cutter: Cutter) -> None:  # noqa: ANN401 -- tantivy ships no types
        self._schema = schema
        self._cutter = cutter

    def strict(self, query: Query) -> Clause:
        """Return the tree that finds what holds every part."""
        return self._whole(query, [self._strict(part, exact=query.exact) for part in parts(query.text)])

    def loose(self, query: Query) -> Clause | None:
        """Return the tree that forgives; ``None`` where every part is quoted or a number, to be found or not."""
        asked = parts(query.text)
        if all(part.is_quoted for part in asked):
            return None
        found = [
            self._strict(part, exact=False)
            if part.is_quoted
            else _any([self._strict(part, exact=False), *self._forgiving(part)])
            for part in asked
        ]
        return self._whole(query, found)

    def one(self, part: Part, access: Iterable[str]) -> Clause:
        """Return the tree that finds what holds ``part`` as it was typed."""
        return Clause.boolean_query([(Occur.Must, self._access(access)), (Occur.Must, self._strict(part, exact=True))])

    def beginning(self, typed: str, access: Iterable[str]) -> Clause | None:
        """Return the tree of titles with a word that begins as ``typed``; ``None`` where that says too little."""
        letters = "".join(char for char in typed.lower() if char.isascii() and char.isalpha())
        if letters and letters == typed.lower().replace(" ", "").replace("'", ""):
            if len(letters) == 1:
                return None
            any_of = [Clause.regex_query(self._schema, "spelled", rf"\.{letters[:8]}.*")]
            any_of.append(Clause.regex_query(self._schema, "spelled", f"{letters}.*"))
            tree = _any(any_of)
        else:
            made = self._adjoining("title_grams", typed)
            if made is None:
                return None
            tree = made
        return Clause.boolean_query([(Occur.Must, self._access(access)), (Occur.Must, tree)])

    def _whole(self, query: Query, found: Sequence[Clause]) -> Clause:
        must = [self._access(query.access)]
        for name, values in query.filters.items():
            must.append(Clause.const_score_query(Clause.term_set_query(self._schema, name, list(values)), 0.0))
        return Clause.boolean_query([(Occur.Must, tree) for tree in (*must, *found)])

    def _access(self, tokens: Iterable[str]) -> Clause:
        return Clause.const_score_query(Clause.term_set_query(self._schema, "access", sorted(tokens)), 0.0)

    def _strict(self, part: Part, *, exact: bool) -> Clause:
        """Match a part as a number, as adjoining characters, as words in any order, as what means the same."""
        any_of = [self._boosted(term, NUMBER, "numbers") for term in {*number_keys(part.text), part.number} - {""}]
        for name, phrase, words in (("title", TITLE_PHRASE, TITLE_WORDS), ("body", BODY_PHRASE, BODY_WORDS)):
            adjoining = self._adjoining(f"{name}_grams", part.text)
            if adjoining is not None:
                any_of.append(Clause.boost_query(adjoining, phrase))
            if not part.is_quoted and not part.number:
                cut = self._words(part.text)
                if len(cut) > 1:
                    any_of.append(Clause.boost_query(self._all_of(name, cut), words))
                elif cut:
                    any_of.append(self._boosted(cut[0], words, name))
        if not (exact or part.is_quoted or part.number):
            any_of += self._meant(part.text)
        return _any(any_of)

    def _meant(self, text: str) -> list[Clause]:
        """Match a part in which some words have synonyms: each stretch of it as one of what means the same."""
        stretches = alternatives(text)
        if all(len(stretch) == 1 for stretch in stretches):
            return []
        must: list[tuple[Occur, Clause]] = []
        for stretch in stretches:
            any_of: list[Clause] = []
            for one in stretch:
                for name, boost in (("title", TITLE_PHRASE), ("body", BODY_PHRASE)):
                    adjoining = self._adjoining(f"{name}_grams", one)
                    if adjoining is not None:
                        any_of.append(Clause.boost_query(adjoining, boost * SYNONYM))
                    words = self._words(one)
                    if len(words) > 1:
                        any_of.append(Clause.boost_query(self._all_of(name, words), boost * SYNONYM / 2))
            if any_of:
                must.append((Occur.Must, _any(any_of)))
        return [Clause.boolean_query(must)] if must else []

    def _forgiving(self, part: Part) -> list[Clause]:
        text = without_fillers(part.text) or part.text
        found: list[Clause] = []
        heard = sounds(text).split()
        if len(heard) > 1:
            found.append(Clause.boost_query(Clause.phrase_query(self._schema, "title_sounds", [*heard]), SAME_SOUND))
        if is_chinese(text) and len(text) <= MAX_EDITED:
            found += [Clause.boost_query(tree, ONE_EDIT) for tree in self._one_edit("title_grams", text)]
            if len(text) > _FEW:
                found += self._one_edit("body_grams", text)
        pairs = bigrams(text).split()
        if len(pairs) > _FEW:
            found.append(Clause.boost_query(self._most("title_grams", pairs), MOST_PAIRS))
        words = [word for word in self._words(text) if len(word) > 1]
        if len(words) > 1:
            found.append(Clause.boost_query(self._most("title", words), MOST_WORDS))
            found.append(self._most("body", words))
        return found

    def _one_edit(self, name: str, text: str) -> list[Clause]:
        """Match ``text`` with one character wrong, missing, too many, or swapped with its neighbour."""
        size = len(text)
        variants: list[Clause] = []
        pairs = [text[place : place + 2] for place in range(size - 1)]
        for place in range(size):
            kept = [(at, pair) for at, pair in enumerate(pairs) if at not in {place - 1, place}]
            variants += self._at(name, kept)  # this one is wrong, or there is another after the one before it
            if 0 < place:
                shifted = [(at + (at >= place), pair) for at, pair in enumerate(pairs) if at != place - 1]
                variants += self._at(name, shifted)  # one is missing before this one
            if size > _FEW - 1:
                variants += self._phrase(name, text[:place] + text[place + 1 :])
            if place + 1 < size and text[place] != text[place + 1]:
                variants += self._phrase(
                    name, text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                )
        return variants

    def _at(self, name: str, placed: list[tuple[int, str]]) -> list[Clause]:
        if len(placed) < 2:  # noqa: PLR2004 -- one pair alone says nothing
            return []
        start = placed[0][0]
        return [Clause.phrase_query(self._schema, name, [(at - start, pair) for at, pair in placed])]

    def _phrase(self, name: str, text: str) -> list[Clause]:
        tree = self._adjoining(name, text)
        return [tree] if tree is not None else []

    def _most(self, name: str, terms: Sequence[str]) -> Clause:
        distinct = list(dict.fromkeys(terms))[:MAX_WORDS]
        least = max(2, round(SHARE * len(distinct)))
        should = [(Occur.Should, Clause.term_query(self._schema, name, term)) for term in distinct]
        return Clause.boolean_query(should, minimum_number_should_match=least)

    def _words(self, text: str) -> tuple[str, ...]:
        cut = [word.lower() for word in self._cutter.words(without_fillers(text) or text)]
        return tuple(dict.fromkeys(cut))[:MAX_WORDS]

    def _all_of(self, name: str, words: Sequence[str]) -> Clause:
        return Clause.boolean_query([(Occur.Must, Clause.term_query(self._schema, name, word)) for word in words])

    def _boosted(self, term: str, boost: float, name: str) -> Clause:
        return Clause.boost_query(Clause.term_query(self._schema, name, term), boost)

    def _adjoining(self, name: str, text: str) -> Clause | None:
        """Match the characters of ``text`` side by side; one alone is found as the beginning of a pair, too."""
        pairs = bigrams(text).split()
        if not pairs:
            return None
        if len(pairs) > 1:
            return Clause.phrase_query(self._schema, name, [*pairs])
        if len(pairs[0]) == 1 and is_chinese(pairs[0]):
            return Clause.regex_query(self._schema, name, f"{pairs[0]}.?")
        return Clause.term_query(self._schema, name, pairs[0])


def _any(trees: Sequence[Clause]) -> Clause:
    if not trees:
        return Clause.empty_query()
    return Clause.boolean_query([(Occur.Should, tree) for tree in trees])
