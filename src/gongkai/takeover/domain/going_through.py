"""Going through an old site lot by lot: judged, compared with what is here and with each other; nothing is written."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from gongkai.files import kinds
from gongkai.files.errors import FileRefusedError
from gongkai.records.domain import taking_over
from gongkai.takeover.models import PageLine, PageState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gongkai.takeover.domain.judging import Judge, Verdict
    from gongkai.takeover.reading.page import OldFile, OldPage, Site

LOT = 200
"""Pages of a transaction: what an interruption costs."""
DONE = frozenset({PageState.TAKEN, PageState.SAME})


def lots(pages: Iterable[OldPage]) -> Iterator[list[OldPage]]:
    """Yield the pages in lots, each address once."""
    stream = iter(pages)
    while lot := list(islice(stream, LOT)):
        yield list({page.address.path: page for page in lot}.values())


def known(site: str, lot: Iterable[OldPage]) -> dict[str, PageLine]:
    """Return what became of the pages of a lot before, by address. One query."""
    paths = [page.address.path for page in lot]
    return {line.address: line for line in PageLine.objects.filter(site=site, address__in=paths)}


class Twins:
    """The words that were met, and where: in this lot, in this run where nothing is written, or in the register."""

    def __init__(self, *, keeps: bool) -> None:
        """With ``keeps`` everything met stays known; without it, until ``begin``: the register knows by then."""
        self._keeps = keeps
        self._texts: dict[bytes, str] = {}
        self._numbers: dict[tuple[int, str], str] = {}
        self._stored: dict[str, PageLine] = {}

    def begin(self, verdicts: Iterable[Verdict]) -> None:
        """Look up what the register knows of a lot. One query."""
        if not self._keeps:
            self._texts.clear()
            self._numbers.clear()
        digests = {verdict.text_digest for verdict in verdicts if verdict.text_digest}
        lines = PageLine.objects.filter(text_digest__in=digests, state=PageState.TAKEN).order_by("-pk")
        self._stored = {line.text_digest: line for line in lines}

    def stored(self, verdict: Verdict) -> PageLine | None:
        """Return the line of the page that was taken with the same words."""
        return self._stored.get(verdict.text_digest)

    def is_same(self, verdict: Verdict) -> bool:
        """Make a page whose words were met ``SAME``, and tell whether it is."""
        here = verdict.page.address.path
        line = self.stored(verdict)
        key = bytes.fromhex(verdict.text_digest)[:16]
        twin = line.address if line is not None else self._texts.setdefault(key, here)
        if twin == here:
            return False
        verdict.state, verdict.same = PageState.SAME, twin
        verdict.notes.append(f"与 {twin} 的标题和正文相同，并为一条")
        return True

    def compare_numbers(self, verdicts: Iterable[Verdict]) -> None:
        """Make pages bad whose 文号 another page, or a record, of their unit has. One query."""
        drafted = [(verdict, verdict.paper) for verdict in verdicts if verdict.paper is not None]
        known = taking_over.holders(paper for _, paper in drafted)
        for verdict, paper in drafted:
            key = (paper.record.unit_id, paper.record.document_number)
            if not paper.record.document_number:
                continue
            here = verdict.page.address.path
            first = self._numbers.setdefault(key, here)
            if key in known:
                words = f"文号：“{key[1]}”已用于“{known[key]}”。请核对文号，或不收此页"
            elif first != here:
                words = f"文号：“{key[1]}”也用在 {first}，两者正文不同。请核对文号，或不收其中一个"
            else:
                continue
            verdict.state, verdict.paper = PageState.BAD, None
            verdict.problems.append(words)


def through(
    site: Site, name: str, judge: Judge, *, keeps: bool, only: Callable[[OldPage], bool] | None = None
) -> Iterator[tuple[list[Verdict], list[tuple[PageLine, OldPage]], Twins]]:
    """Yield for each lot the verdicts, and the pages that were done before with what became of them."""
    twins = Twins(keeps=keeps)
    with closing(site.pages()) as pages:
        for lot in lots(pages if only is None else filter(only, pages)):
            before = known(name, lot)
            done = [(before[page.address.path], page) for page in lot if _is_done(before.get(page.address.path))]
            verdicts = [judge.judge(page) for page in lot if not _is_done(before.get(page.address.path))]
            twins.begin(verdicts)
            for verdict in verdicts:
                if verdict.fields is not None and not twins.is_same(verdict):
                    judge.draft(verdict)
            twins.compare_numbers(verdicts)
            yield verdicts, done, twins


def examine_files(site: Site, verdict: Verdict) -> None:
    """Note which files of a page would not come with it, without keeping any."""
    for file in verdict.page.files:
        data = site.read_file(file)
        if data is None:
            verdict.notes.append(lost(file))
            continue
        try:
            kinds.kind_of(data, file.name)
        except FileRefusedError as error:
            verdict.notes.append(f"附件未收：{error}")


def lost(file: OldFile) -> str:
    """Say that a file is not there."""
    return f"{'图片' if file.is_picture else '附件'}“{file.name}”没有找到（{file.address.path}）"


def _is_done(line: PageLine | None) -> bool:
    return line is not None and line.state in DONE
