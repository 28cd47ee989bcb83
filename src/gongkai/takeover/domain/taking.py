"""Taking an old site over: lot by lot, each lot one transaction with its journal entry.

Whatever interrupts it, the next run goes on where it stopped: what was taken is known by its address and is not taken
again; what was bad is judged anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.files.domain import store
from gongkai.files.errors import ClassifiedError, FileRefusedError, InfectedError, ScannerError
from gongkai.records.domain import taking_over
from gongkai.records.domain.taking_over import Origin
from gongkai.records.models import IndexAlias
from gongkai.takeover.domain import linking
from gongkai.takeover.domain.going_through import DONE, lost, through
from gongkai.takeover.errors import ConcurrentRunError, NotAuthorisedError
from gongkai.takeover.models import AddressKind, OldAddress, PageLine, PageState, TakeOver
from gongkai.takeover.report import cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gongkai.files.models import Blob
    from gongkai.records.domain.taking_over import Paper
    from gongkai.records.models import Attachment, Record
    from gongkai.takeover.domain.going_through import Twins
    from gongkai.takeover.domain.judging import Judge, Verdict
    from gongkai.takeover.reading.page import OldPage, Site


@dataclass(slots=True)
class Outcome:
    """What a run did: pages by what became of them, those known before, those that changed since they were taken."""

    takeover: TakeOver
    states: Counter[str] = field(default_factory=Counter)
    known: int = 0
    changed: int = 0
    linked: int = 0


def take(
    *,
    site: Site,
    host: str,
    source: str,
    basis: str,
    judge: Judge,
    progress: Callable[[Outcome], None] | None = None,
) -> Outcome:
    """Take the pages of ``site``, which stood at ``host``, over by the decision ``basis``.

    ``progress`` is called after each lot. Raises ``NotAuthorisedError``, ``SourceError``, ``ConcurrentRunError``, and
    ``ScannerError`` where the scanner does not answer: the lots before it stay.
    """
    run = TakeOver.objects.create(site=host, source=source[-200:], basis=basis[:200], user=judge.user, day=judge.today)
    outcome = Outcome(run)
    deferred: set[str] = set()
    for _ in _pass(site, outcome, judge, deferred):
        if progress is not None:
            progress(outcome)
    if deferred:  # what they interpret may have come after them
        outcome.states[PageState.BAD] -= len(deferred)
        for _ in _pass(site, outcome, judge, set(), only=lambda page: page.address.path in deferred):
            pass
    outcome.linked = linking.link_all(run)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    return outcome


def _pass(
    site: Site,
    outcome: Outcome,
    judge: Judge,
    deferred: set[str],
    *,
    only: Callable[[OldPage], bool] | None = None,
) -> Iterator[None]:
    """Write the pages of the site, or ``only`` some, lot by lot; ``deferred`` gets those whose document is missing."""
    run = outcome.takeover
    for verdicts, done, twins in through(site, run.site, judge, keeps=False, only=only):
        if only is None:
            outcome.known += len(done)
            changed = [line for line, page in done if page.digest and page.digest != line.digest]
            outcome.changed += _note_changed(changed)
        _Lot(outcome, verdicts, twins).write(site)
        deferred |= {verdict.page.address.path for verdict in verdicts if verdict.is_deferred}
        outcome.states.update(verdict.state for verdict in verdicts)
        yield


_CHANGED = "原网页在接收后有改动，改动未收"


def _note_changed(lines: Sequence[PageLine]) -> int:
    for line in lines:
        if _CHANGED not in line.notes:
            line.notes = "；".join(filter(None, (line.notes, _CHANGED)))
    PageLine.objects.bulk_update(lines, ["notes"])
    return len(lines)


@dataclass(slots=True)
class _Lot:
    """The pages of one transaction."""

    outcome: Outcome
    verdicts: Sequence[Verdict]
    twins: Twins
    blobs: dict[str, dict[str, Blob]] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)

    def write(self, site: Site) -> None:
        """Keep the files, then write everything else at once."""
        for verdict in self.verdicts:
            if verdict.state == PageState.TAKEN:
                self._keep_files(site, verdict)
        taken = [verdict for verdict in self.verdicts if verdict.state == PageState.TAKEN]
        run = self.outcome.takeover
        origin = Origin(f"{run.site}（{run.source}）"[:200], run.basis)
        with transaction.atomic():
            self._claim(taken)
            if taken:
                self._take(taken, origin)
            self._note_numbers(taken)
            lines = self._lines()
            self._address(lines)

    def _claim(self, taken: Sequence[Verdict]) -> None:
        """Let no two runs over one site write at once; what the other has taken meanwhile is not taken again."""
        run = self.outcome.takeover
        TakeOver.objects.select_for_update().filter(site=run.site).order_by("pk").first()
        paths = [verdict.page.address.path for verdict in taken]
        if PageLine.objects.filter(site=run.site, address__in=paths, state__in=DONE).exists():
            raise ConcurrentRunError(f"另一个进程正在接收 {run.site}，本进程已停下。请等它结束后再运行，不会重复接收。")

    def _keep_files(self, site: Site, verdict: Verdict) -> None:
        """Keep what the page offers; a file that may not be here at all keeps the page away with it."""
        kept: dict[str, Blob] = {}
        names: list[tuple[str, Blob]] = []
        for file in verdict.page.files:
            data = site.read_file(file)
            if data is None:
                verdict.notes.append(lost(file))
                continue
            try:
                blob = store.keep(data=data, name=file.name)
            except ScannerError:
                raise
            except (ClassifiedError, InfectedError) as error:
                verdict.state, verdict.paper = PageState.BAD, None
                verdict.problems.append(f"附件：{error}")
                return
            except FileRefusedError as error:
                verdict.notes.append(f"附件未收：{error}")
                continue
            kept[file.address.path] = blob
            names.append((file.name, blob))
        assert verdict.paper is not None
        verdict.paper.files = names
        self.blobs[verdict.page.address.path] = kept

    def _take(self, taken: Sequence[Verdict], origin: Origin) -> None:
        run = self.outcome.takeover
        by_paper = {id(verdict.paper): verdict for verdict in taken}

        def settle(papers: Sequence[Paper], attachments: Mapping[int, Sequence[Attachment]]) -> list[Record]:
            rows = []
            for paper in papers:
                verdict = by_paper[id(paper)]
                rows.append(self._row(AddressKind.PAGE, verdict.page.address.path, paper.record, None))
                files = {item.blob_id: item for item in attachments.get(paper.record.pk, ())}
                for path, blob in self.blobs[verdict.page.address.path].items():
                    if path.startswith("/"):
                        rows.append(self._row(AddressKind.FILE, path, paper.record, files[blob.pk]))
            OldAddress.objects.bulk_create(rows, ignore_conflicts=True)
            own = {
                paper.record.pk: {
                    path: files.pk
                    for path, blob in self.blobs[by_paper[id(paper)].page.address.path].items()
                    for files in attachments.get(paper.record.pk, ())
                    if files.blob_id == blob.pk
                }
                for paper in papers
            }
            changed, self.waiting = linking.settle([paper.record for paper in papers], own, run.site)
            return changed

        papers = [verdict.paper for verdict in taken if verdict.paper is not None]
        try:
            taking_over.take_over(papers=papers, user=run.user, day=run.day, origin=origin, settle=settle)
        except taking_over.NotAuthorisedError as error:
            raise NotAuthorisedError(str(error)) from error

    def _row(self, kind: str, path: str, record: Record, attachment: Attachment | None) -> OldAddress:
        run = self.outcome.takeover
        return OldAddress(takeover=run, site=run.site, address=path, kind=kind, record=record, attachment=attachment)

    def _note_numbers(self, taken: Sequence[Verdict]) -> None:
        """Say of which pages the old index number could not be kept, because something else has it."""
        papers = [(verdict, verdict.paper) for verdict in taken if verdict.paper is not None]
        wanted = [paper.former_number for _, paper in papers if paper.former_number]
        aliases = dict(IndexAlias.objects.filter(number__in=wanted).values_list("number", "record_id"))
        for verdict, paper in papers:
            former, record = paper.former_number, paper.record
            if former and former != record.index_number and aliases.get(former) != record.pk:
                verdict.notes.append(f"原索引号“{former}”已属于另一信息，未保留，新号 {record.index_number}")

    def _lines(self) -> list[tuple[PageLine, Verdict]]:
        run = self.outcome.takeover
        records = {
            verdict.page.address.path: verdict.paper.record.pk
            for verdict in self.verdicts
            if verdict.state == PageState.TAKEN and verdict.paper is not None
        }
        pairs = []
        for verdict in self.verdicts:
            path = verdict.page.address.path
            record = records.get(path)
            if verdict.state == PageState.SAME:
                stored = self.twins.stored(verdict)
                record = stored.record_id if stored is not None else records.get(verdict.same)
                if record is None:  # the page with the same words was refused for its files
                    verdict.state = PageState.BAD
                    verdict.problems.append(f"与 {verdict.same} 的标题和正文相同，而该页有错未收")
            line = PageLine(
                takeover=run,
                site=run.site,
                address=path,
                place=verdict.page.place[:300],
                digest=verdict.page.digest,
                text_digest=verdict.text_digest,
                state=verdict.state,
                record_id=record,
                cells=cells_of(verdict),
                problems="；".join(verdict.problems) if verdict.state == PageState.BAD else "",
                notes="；".join(verdict.notes),
                awaits_links=record in self.waiting and verdict.state == PageState.TAKEN,
            )
            pairs.append((line, verdict))
        fields = [one.name for one in PageLine._meta.concrete_fields if one.name not in {"id", "site", "address"}]  # noqa: SLF001 -- Django documents it for this
        PageLine.objects.bulk_create(
            [line for line, _ in pairs],
            update_conflicts=True,
            update_fields=fields,
            unique_fields=["site", "address"],
        )
        return pairs

    def _address(self, lines: Sequence[tuple[PageLine, Verdict]]) -> None:
        """Let the addresses of twins and of columns lead on."""
        run = self.outcome.takeover
        rows = [
            OldAddress(
                takeover=run, site=run.site, address=line.address, kind=AddressKind.PAGE, record_id=line.record_id
            )
            for line, _ in lines
            if line.state == PageState.SAME
        ]
        rows += [
            OldAddress(
                takeover=run, site=run.site, address=line.address, kind=AddressKind.COLUMN, target=verdict.rule.target
            )
            for line, verdict in lines
            if line.state == PageState.LISTING and verdict.rule.target and line.address != "/"
        ]
        OldAddress.objects.bulk_create(
            rows,
            update_conflicts=True,
            update_fields=["target", "takeover"],
            unique_fields=["address", "site"],
        )
