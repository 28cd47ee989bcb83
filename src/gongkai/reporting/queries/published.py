"""The published reports: all that the public side reads of this room. What is not published does not exist here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Max, OuterRef, Q, Sum

from gongkai.annual import jsonio
from gongkai.files.domain import store
from gongkai.reporting.models import EditionFile, Origin, PublishedEdition, PublishedFile
from gongkai.text.pinyin import sort_key
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.annual.report import Report
    from gongkai.files.models import Blob

FORMATS = {
    "docx": "Word 文档",
    "pdf": "PDF 文档",
    "html": "网页文件",
    "json": "数据（JSON）",
    EditionFile.ORIGINAL: "原文件",
}
"""The files a report may come with, in the order in which they are offered."""


_UNDATED = '"code": "undated"'
"""What stands in the line of a report that was imported without its day."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body with published reports: its ``slug``, its name in its last year, and the years, newest first."""

    slug: str
    name: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a report. ``label`` is for people; ``kind`` the format of its bytes, ``blob`` the bytes."""

    format: str
    label: str
    kind: str
    size: int
    blob: Blob


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: its number, when it was published (``None`` where nobody knows), and what it corrects."""

    version: int
    published_on: date | None
    notice: str


@dataclass(frozen=True, slots=True)
class Published:
    """One published version of one report.

    ``report`` is what was frozen and ``digest`` its SM3. ``versions`` are all that are published of this body and
    year, newest first; ``newer`` is the last where it is another one.
    """

    slug: str
    body: str
    year: int
    version: int
    published_on: date | None
    notice: str
    is_imported: bool
    digest: str
    report: Report
    files: tuple[File, ...]
    versions: tuple[Version, ...]

    @property
    def newer(self) -> Version | None:
        """The version to read instead of this one."""
        return self.versions[0] if self.versions[0].version != self.version else None


def rows() -> QuerySet[PublishedEdition]:
    """Return the published reports as rows, for the other queries of this room."""
    return PublishedEdition.objects.all()


def years() -> list[int]:
    """Return the years of which there is any published report, newest first."""
    return list(rows().order_by("-year").values_list("year", flat=True).distinct())


def bodies(*, words: str = "", year: int | None = None) -> list[Body]:
    """Return the bodies with published reports, by pinyin; ``words`` stand in the name, ``year`` among the years."""
    found: dict[str, Body] = {}
    lines = rows().order_by("slug", "year", "version").values_list("slug", "body", "year")
    for slug, name, one in lines:
        before = found[slug].years if slug in found else ()
        found[slug] = Body(slug, name, before if one in before else (one, *before))
    chosen = [body for body in found.values() if words in body.name and (year is None or year in body.years)]
    return sorted(chosen, key=lambda body: sort_key(body.name))


def body(slug: str) -> Body:
    """Return one body. Raises ``NotPublishedError``."""
    lines = list(rows().filter(slug=slug).order_by("year", "version").values_list("body", "year"))
    if not lines:
        raise NotPublishedError(slug)
    return Body(slug, lines[-1][0], tuple(dict.fromkeys(year for _, year in reversed(lines))))


def of_unit(unit: int) -> list[PublishedEdition]:
    """Return the published reports of one of our units, the last version of each year, newest first."""
    found = {row.year: row for row in rows().filter(unit_id=unit).defer("report").order_by("year", "version")}
    return [found[year] for year in sorted(found, reverse=True)]


def listed(*, slug: str = "", year: int | None = None) -> QuerySet[PublishedEdition]:
    """Return the published versions without what they say, the last year first.

    ``is_undated`` and ``is_imported`` of each tell whether the day of its publication is known, and where it came from.
    """
    is_imported = ExpressionWrapper(Q(origin=Origin.IMPORTED), output_field=BooleanField())
    found = rows().annotate(is_undated=_is_undated(), is_imported=is_imported).defer("report").order_by("-year", "-id")
    return _narrowed(found, slug, year)


def latest(
    *, slug: str = "", year: int | None = None, after: tuple[str, int] | None = None
) -> QuerySet[PublishedEdition]:
    """Return the last published version of each report, by slug and year; ``after`` are those of the one before."""
    newer = rows().filter(slug=OuterRef("slug"), year=OuterRef("year"), version__gt=OuterRef("version"))
    found = _narrowed(rows().filter(~Exists(newer)), slug, year).order_by("slug", "year")
    if after is not None:
        found = found.filter(Q(slug__gt=after[0]) | Q(slug=after[0], year__gt=after[1]))
    return found


def revision() -> tuple[int, date | None, int | None]:
    """Return how many reports there are, the last day on which one came out, and what changes with every version."""
    found = latest().aggregate(rows=Count("pk"), last=Max("published_on"), keys=Sum("pk"))
    return found["rows"], found["last"], found["keys"]


def _narrowed(found: QuerySet[PublishedEdition], slug: str, year: int | None) -> QuerySet[PublishedEdition]:
    found = found.filter(slug=slug) if slug else found
    return found if year is None else found.filter(year=year)


def _is_undated() -> ExpressionWrapper:
    return ExpressionWrapper(Q(origin=Origin.IMPORTED, report__contains=_UNDATED), output_field=BooleanField())


def history(slug: str) -> dict[int, tuple[Version, ...]]:
    """Return the published versions of a body's reports by year, newest first; empty where none is."""
    found: dict[int, list[Version]] = {}
    lines = rows().filter(slug=slug).order_by("-year", "version").annotate(is_undated=_is_undated())
    fields = ("year", "version", "published_on", "notice", "is_undated")
    for year, number, day, notice, is_undated in lines.values_list(*fields):
        # A correction of what never came out corrects nothing that a reader could have seen.
        known = found.setdefault(year, [])
        known.insert(0, Version(number, None if is_undated else day, notice if known else ""))
    return {year: tuple(known) for year, known in found.items()}


def edition(slug: str, year: int, version: int | None = None) -> Published:
    """Return a version of a report, the last where none is named. Raises ``NotPublishedError``."""
    known = history(slug).get(year, ())
    chosen = next((one for one in known if version in {None, one.version}), None)
    if chosen is None:
        raise NotPublishedError(slug, year, version)
    row = rows().get(slug=slug, year=year, version=chosen.version)
    return Published(
        slug=slug,
        body=row.body,
        year=year,
        version=chosen.version,
        published_on=chosen.published_on,
        notice=chosen.notice,
        is_imported=row.origin == Origin.IMPORTED,
        digest=row.digest,
        report=jsonio.loads(row.report),
        files=_files(PublishedFile.objects.filter(edition_id=row.pk)),
        versions=known,
    )


def file(slug: str, year: int, version: int, format: str) -> File:  # noqa: A002 -- its name
    """Return a file of a version of a report. Raises ``NotPublishedError``."""
    editions = rows().filter(slug=slug, year=year, version=version)
    found = _files(PublishedFile.objects.filter(edition_id__in=editions.values("pk"), format=format))
    if not found:
        raise NotPublishedError(slug, year, version, format)
    return found[0]


def _files(found: Iterable[PublishedFile]) -> tuple[File, ...]:
    order = list(FORMATS)
    ordered = sorted(found, key=lambda one: order.index(one.format))
    return tuple(
        File(
            one.format,
            FORMATS[one.format],
            one.kind,
            one.size,
            store.lying(digest=one.digest, size=one.size, kind=one.kind),
        )
        for one in ordered
    )
