"""Query trees of the embedded index: filters first, then every part of the text as it may be found.

Two trees are made of one query. The *strict* one finds what holds every part: adjoining, as words, or as a synonym.
The *loose* one is asked only where that finds nothing: it forgives in each part one character that is wrong, missing,
too many or swapped, one that sounds the same, or words that are not there.

Whether a document is found is decided in its whole text, its title included. What holds every part in the title comes
first, the rest after it. So of words that stand in every document only titles are put in order, and what is counted
can do without any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tantivy import Occur
from tantivy import Query as Clause

from gongkai.search.asking import Part, number_keys, parts, start_key
from gongkai.search.fields import SPELLED_INITIALS, sounds
from gongkai.search.likeness import one_edit
from gongkai.text.segmentation import gram_places, grams
from gongkai.text.synonyms import alternatives, without_fillers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.search.port import Query
    from gongkai.text.segmentation import Cutter

TITLE_PHRASE, TITLE_WORDS, PHRASE, WORDS, NUMBER = 8.0, 4.0, 2.0, 1.0, 40.0
SYNONYM = 0.7
SAME_SOUND, ONE_EDIT, MOST_PAIRS = 6.0, 5.0, 2.0
SHARE = 0.6
"""Of the pairs of characters, or of the words, of a part that is found loosely, so many must be there."""
MAX_EDITED = 24
"""Characters of a part up to which each of them may be the wrong one; longer ones have enough pairs left."""
RAREST = 10
MAX_WORDS = 24
"""Words of one part that are looked at."""
_FEW = 4


class Trees:
    """Makes the trees for what ``searcher`` sees of an index of ``schema`` whose texts ``cutter`` cut."""

    def __init__(self, schema: Any, cutter: Cutter, searcher: Any) -> None:  # noqa: ANN401 -- tantivy ships no types
        self._schema = schema
        self._cutter = cutter
        self._searcher = searcher
        self._borne: dict[str, bool] = {}

    def found(self, query: Query, *, loose: bool = False) -> Clause:
        """Return the tree of what is found. Its order is worth something only where it is ``loose``."""
        find = self._loose if loose else self._strict
        clauses = [(Occur.Must, find(part, exact=query.exact)) for part in parts(query.text)]
        return self._whole(query, clauses)

    def first(self, query: Query) -> Clause:
        """Return the tree of what comes first of what is found: every part is in the title, or is the number."""
        return self._whole(query, [(Occur.Must, _any(self._titled(part, query))) for part in parts(query.text)])

    def others(self, query: Query) -> Clause:
        """Return the tree of what comes after that."""
        clauses = [(Occur.Must, self._strict(part, exact=query.exact)) for part in parts(query.text)]
        clauses += [(Occur.Should, tree) for part in parts(query.text) for tree in self._titled(part, query)]
        return self._whole(query, [*clauses, (Occur.MustNot, self.first(query))])

    def near(self, query: Query) -> Clause | None:
        """Return the tree of titles that are like the text and not found; ``None`` where none could be."""
        asked = parts(query.text)
        if not asked or any(part.is_quoted for part in asked):
            return None
        clauses = [(Occur.Must, _any(self._forgiving(part, in_text=False))) for part in asked]
        return self._whole(query, [*clauses, (Occur.MustNot, self.found(query))])

    def one(self, part: Part, access: frozenset[str]) -> Clause:
        """Return the tree that finds what holds ``part`` as it was typed."""
        return _all([*self._access(access), self._strict(part, exact=True)])

    def beginning(self, typed: str, access: frozenset[str]) -> Clause | None:
        """Return the tree of titles with a word that begins as ``typed``; ``None`` where that says too little."""
        close = typed.lower().replace(" ", "").replace("'", "")
        if close.isascii() and close.isalpha():
            if len(close) == 1:
                return None
            patterns = (rf"\.{close[:SPELLED_INITIALS]}.*", f"{close}.*")
            tree = _any([Clause.regex_query(self._schema, "spelled", pattern) for pattern in patterns])
        else:
            found = self._adjoining("title_grams", typed)
            if not found:
                return None
            tree = found[0]
        return _all([*self._access(access), tree])

    def of_units(self, tree: Clause) -> Clause:
        """Return ``tree`` for units alone."""
        return _all([self._filter("kind", ["unit"]), tree])

    def _whole(self, query: Query, clauses: Sequence[tuple[Occur, Clause]]) -> Clause:
        must = self._access(query.access)
        must += [self._filter(name, list(values)) for name, values in query.filters.items()]
        whole = [*((Occur.Must, tree) for tree in must), *clauses] or [(Occur.Must, Clause.all_query())]
        return whole[0][1] if len(whole) == 1 else Clause.boolean_query(whole)

    def _access(self, tokens: frozenset[str]) -> list[Clause]:
        """Keep to what may be seen: no filter at all where that is everything, as in an index of what is public."""
        if len(tokens) == 1 and self._is_borne_by_all(*tokens):
            return []
        return [self._filter("access", sorted(tokens))]

    def _is_borne_by_all(self, token: str) -> bool:
        if token not in self._borne:
            counted = self._searcher.search(self._filter("access", [token]), limit=1, count=True).count
            self._borne[token] = counted == self._searcher.num_docs
        return self._borne[token]

    def _filter(self, name: str, values: Sequence[str]) -> Clause:
        # A set of terms is gathered before anything is looked at; a single one is read along with the others.
        if len(values) == 1:
            return Clause.const_score_query(Clause.term_query(self._schema, name, values[0]), 0.0)
        return Clause.const_score_query(Clause.term_set_query(self._schema, name, values), 0.0)

    def _strict(self, part: Part, *, exact: bool) -> Clause:
        """Match a part as a number, as adjoining characters, as words in any order, as what means the same."""
        any_of = self._numbered(part)
        any_of += self._boosted(self._adjoining("text_grams", part.text), PHRASE)
        if not part.is_quoted and not part.number:
            cut = self._words(part.text)
            if cut != (part.text.lower(),):  # else it adjoins wherever it is a word
                any_of += self._boosted(self._all_of("text", cut), WORDS)
            if not exact:
                any_of += self._meant("text", part.text, PHRASE, WORDS)
        return _any(any_of)

    def _titled(self, part: Part, query: Query) -> list[Clause]:
        """Match a part in the title, or as the number: each way is found by ``_strict``, too."""
        found = self._numbered(part)
        found += self._boosted(self._adjoining("title_grams", part.text), TITLE_PHRASE)
        if not part.is_quoted and not part.number:
            found += self._boosted(self._all_of("title", self._words(part.text)), TITLE_WORDS)
            if not query.exact:
                found += self._meant("title", part.text, TITLE_PHRASE, TITLE_WORDS)
        return found

    def _numbered(self, part: Part) -> list[Clause]:
        keys = {*number_keys(part.text), part.number} - {"", part.series}
        found = self._boosted([Clause.term_query(self._schema, "numbers", key) for key in sorted(keys)], NUMBER)
        start = "" if part.number else start_key(part.text)
        if start:
            found += self._boosted([Clause.term_query(self._schema, "numbers", start)], TITLE_WORDS)
        return found

    def _meant(self, name: str, text: str, phrase: float, words: float) -> list[Clause]:
        """Match a part in which some words have synonyms: those as any of what means the same, and the rest as typed.

        The rest is asked for side by side, stretch by stretch, or as words, each in a tree of its own: a choice of
        ways between other clauses is gathered for all documents before any of those is looked at.
        """
        stretches = alternatives(text)
        if all(len(stretch) == 1 for stretch in stretches):
            return []
        meant = [self._any_way(name, stretch, phrase, words) for stretch in stretches if len(stretch) > 1]
        plain = [stretch[0] for stretch in stretches if len(stretch) == 1]
        cut = [word for one in plain for word in self._words(one)]
        side_by_side = [tree for one in plain for tree in self._adjoining(f"{name}_grams", one)]
        ways = [self._boosted(side_by_side, phrase * SYNONYM)]
        if cut != [one.lower() for one in plain]:  # else they adjoin wherever they are words
            ways.append(self._boosted(self._all_of(name, tuple(dict.fromkeys(cut))), words * SYNONYM))
        return [_all([*way, *meant]) for way in ways]

    def _any_way(self, name: str, stretch: Sequence[str], phrase: float, words: float) -> Clause:
        found: list[Clause] = []
        for one in stretch:
            found += self._boosted(self._adjoining(f"{name}_grams", one), phrase * SYNONYM)
            cut = self._words(one)
            if cut != (one,):
                found += self._boosted(self._all_of(name, cut), words * SYNONYM)
        return _any(found)

    def _loose(self, part: Part, *, exact: bool) -> Clause:
        strict = self._strict(part, exact=exact)
        return strict if part.is_quoted else _any([strict, *self._forgiving(part, in_text=True)])

    def _forgiving(self, part: Part, *, in_text: bool) -> list[Clause]:
        """Match what resembles a part, in titles, and ``in_text`` too."""
        if part.number:
            series = [Clause.term_query(self._schema, "numbers", part.series)] if part.series else []
            return self._boosted(series, NUMBER)
        text = without_fillers(part.text) or part.text
        found: list[Clause] = []
        heard = sounds(text).split()
        if len(heard) > 1:
            found += self._boosted([Clause.phrase_query(self._schema, "title_sounds", [*heard])], SAME_SOUND)
        if len(text) <= MAX_EDITED:
            variants = one_edit(text)
            found += self._boosted([self._placed("title_grams", variant) for variant in variants], ONE_EDIT)
            if in_text and len(text) > _FEW:
                found += [self._placed("text_grams", variant) for variant in variants]
        pairs = grams(text).split()
        if len(pairs) > _FEW:
            found += self._boosted(self._most("title_grams", pairs), MOST_PAIRS)
        words = [word for word in self._words(text) if len(word) > 1]
        if len(words) > 1:
            found += self._most("text" if in_text else "title", words)
        return found

    def _most(self, name: str, terms: Iterable[str]) -> list[Clause]:
        """Match most of the rarest of ``terms`` that stand anywhere: the others would cost much and tell little."""
        often = {term: self._searcher.doc_freq(name, term) for term in dict.fromkeys(terms)}
        rarest = sorted((term for term in often if often[term]), key=lambda term: often[term])[:RAREST]
        if len(rarest) < 2:  # noqa: PLR2004 -- one alone says nothing
            return []
        least = max(2, round(SHARE * len(rarest)))
        should = [(Occur.Should, Clause.term_query(self._schema, name, term)) for term in rarest]
        return [Clause.boolean_query(should, minimum_number_should_match=least)]

    def _words(self, text: str) -> tuple[str, ...]:
        cut = [word.lower() for word in self._cutter.words(without_fillers(text) or text)]
        return tuple(dict.fromkeys(cut))[:MAX_WORDS]

    def _all_of(self, name: str, words: Sequence[str]) -> list[Clause]:
        return [_all([Clause.term_query(self._schema, name, word) for word in words])] if words else []

    def _adjoining(self, name: str, text: str) -> list[Clause]:
        """Match the characters of ``text`` side by side: one tree, or none where there are none."""
        placed = gram_places(text)
        return [self._placed(name, placed)] if placed else []

    def _placed(self, name: str, placed: list[tuple[int, str]]) -> Clause:
        is_pattern = any(piece.endswith("?") for _, piece in placed)
        if len(placed) == 1:
            piece = placed[0][1]
            if is_pattern:
                return Clause.regex_query(self._schema, name, piece)
            return Clause.term_query(self._schema, name, piece)
        start = placed[0][0]
        words: list[str | tuple[int, str]] = [(at - start, piece) for at, piece in placed]
        if is_pattern:
            return Clause.regex_phrase_query(self._schema, name, words)
        return Clause.phrase_query(self._schema, name, words)

    @staticmethod
    def _boosted(trees: Iterable[Clause], boost: float) -> list[Clause]:
        return [Clause.boost_query(tree, boost) for tree in trees]


def _any(trees: Sequence[Clause]) -> Clause:
    if not trees:
        return Clause.empty_query()
    return trees[0] if len(trees) == 1 else Clause.boolean_query([(Occur.Should, tree) for tree in trees])


def _all(trees: Sequence[Clause]) -> Clause:
    return trees[0] if len(trees) == 1 else Clause.boolean_query([(Occur.Must, tree) for tree in trees])
