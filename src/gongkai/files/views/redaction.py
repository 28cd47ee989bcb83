"""The redaction desk: pages that a room mounts among its own.

The room says which file an address means and who may do what with it; the desk shows the pages, finds words, takes the
boxes and hands out the copy. It never hands out the original.

    def find(request, number, *, writing):
        document = get_object_or_404(Document.objects.filter(unit__in=request.scope.readable), pk=number)
        if writing and not rules.may_redact(request.scope, document):
            raise Http404
        return Redactable(original=document.blob, subject=f"applications.document:{document.pk}", …)

    desk = Desk(find, namespace="applications")
    urlpatterns += [path("documents/<int:number>/redaction/", include(desk.urls))]
"""

from __future__ import annotations

import io
import json
import logging
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.files.domain import redaction, store
from gongkai.files.http import download
from gongkai.files.models import State
from gongkai.files.queries import redactions
from gongkai.files.redaction.boxes import Box
from gongkai.files.redaction.errors import BoxError, RedactionError
from gongkai.files.redaction.making import NEUTRAL_NAME, plan
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.pictures import STYLES
from gongkai.files.redaction.reasons import REASONS
from gongkai.files.redaction.words import Text
from gongkai.files.tasks import make_copy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern

    from gongkai.files.models import Blob, Redaction
    from gongkai.files.redaction.original import Original
    from gongkai.units.models import Unit

logger = logging.getLogger(__name__)

_SHOWN_WIDTH = 1_200
"""Pixels a page is shown at: sharp on a screen, too coarse to be worth taking along."""

_MOST_DPI = 150
_SECONDS = 2.0
"""How long one question of the search may take; the browser asks on from where it stopped."""

_MOST_WANTED, _MOST_POSTED = 100, 2 << 20


@dataclass(frozen=True, slots=True)
class Redactable:
    """A file that may be redacted: what is shown of it, where it belongs, and the page to go back to."""

    original: Blob
    subject: str
    unit: Unit
    title: str
    back: str


class Find(Protocol):
    """Which file an address means. Raises ``Http404`` for whoever may not see it, or not redact it if ``writing``."""

    def __call__(self, request: HttpRequest, number: int, *, writing: bool) -> Redactable:
        """Return the file."""


class Desk:
    """The pages for redacting the files of a room, whose addresses lie in ``namespace``."""

    def __init__(self, find: Find, *, namespace: str) -> None:
        self._find = find
        self._namespace = namespace

    @property
    def urls(self) -> list[URLPattern]:
        """The addresses below one that holds ``<int:number>``."""
        return [
            path("", require_http_methods(["GET", "POST"])(self.desk), name="redaction"),
            path("pages/<int:page>/", require_GET(self.picture), name="redaction-page"),
            path("search/", require_POST(self.search), name="redaction-search"),
            path("check/", require_POST(self.check), name="redaction-check"),
            path("copies/<int:pk>/", require_GET(self.made), name="redaction-made"),
            path("copies/<int:pk>/progress/", require_GET(self.progress), name="redaction-progress"),
            path("copies/<int:pk>/file/", require_GET(self.copy), name="redaction-copy"),
        ]

    def desk(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the pages with the tools; take the boxes and put the making in the queue."""
        file = self._find(request, number, writing=True)
        error, boxes = "", _earlier(request, file)
        if request.method == "POST":
            try:
                boxes = _posted(request)
                with transaction.atomic():
                    ordered = redaction.order(
                        original=file.original,
                        subject=file.subject,
                        unit=file.unit,
                        user=request.user,
                        boxes=boxes,
                        name=request.POST.get("name", "").strip(),
                        style=request.POST.get("style", ""),
                        may_remain=request.POST.get("may_remain") == "yes",
                    )
                    make_copy.enqueue(ordered.pk)
            except RedactionError as refusal:
                error = str(refusal)
            else:
                return redirect(self._address("made", number, ordered.pk))
        try:
            with _opened(file) as original:
                sizes, notices = original.sizes, original.notices
        except RedactionError as refusal:
            context = {"file": file, "refusal": str(refusal), "made": redactions.of(file.subject)}
            return render(request, "files/redaction/refused.html", context, status=422)
        data = {
            "sizes": [[round(length, 2) for length in size] for size in sizes],
            "boxes": boxes,
            "reasons": {code: reason.label for code, reason in REASONS.items()},
            "page": self._address("page", number, 0),
            "search": self._address("search", number),
            "check": self._address("check", number),
        }
        context = {
            "file": file,
            "data": data,
            "notices": notices,
            "reasons": REASONS.values(),
            "styles": STYLES.items(),
            "neutral_name": NEUTRAL_NAME,
            "given": request.POST,
            "error": error,
            "made": self._with_addresses(number, file),
        }
        return render(request, "files/redaction/desk.html", context, status=422 if error else 200)

    def picture(self, request: HttpRequest, number: int, page: int) -> HttpResponse:
        """Send a page of the original as a picture for the screen."""
        file = self._find(request, number, writing=True)
        try:
            with _opened(file) as original:
                if not 1 <= page <= len(original):
                    raise Http404
                wide = original.sizes[page - 1][0]
                picture = original.picture(page, min(_SHOWN_WIDTH / wide * 72, _MOST_DPI))
        except RedactionError as error:
            return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
        picture.thumbnail((_SHOWN_WIDTH, 4 * _SHOWN_WIDTH))
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=80)
        response = HttpResponse(stream.getvalue(), content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=600"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def search(self, request: HttpRequest, number: int) -> JsonResponse:
        """Return where a word stands, from the page given on, and the page to go on from where time ran out."""
        file = self._find(request, number, writing=True)
        wanted = request.POST.get("wanted", "").strip()[:_MOST_WANTED]
        given = request.POST.get("from", "1")
        first = max(int(given) if given.isdecimal() and len(given) < 6 else 1, 1)  # noqa: PLR2004 - no page has more
        try:
            with _opened(file) as original:
                hits, following = _search(original, wanted, first)
                pages = len(original)
        except RedactionError as error:
            return JsonResponse({"error": str(error)}, status=422)
        return JsonResponse({"hits": hits, "next": following, "pages": pages})

    def check(self, request: HttpRequest, number: int) -> JsonResponse:
        """Return what the boxes would cover, and where the same words stand uncovered."""
        file = self._find(request, number, writing=True)
        try:
            with _opened(file) as original:
                planned = plan(original, [Box.of(each) for each in _posted(request)], look=False)
        except RedactionError as error:
            return JsonResponse({"error": str(error)}, status=422)
        under = [
            {"page": box.page, "reason": box.ground.label, "text": text}
            for box, text in zip(planned.boxes, planned.under, strict=True)
        ]
        left = [{"word": one.word, "pages": one.pages, "count": one.count} for one in planned.remaining]
        return JsonResponse({"under": under, "remaining": left})

    def made(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        """Show what came of an order."""
        file = self._find(request, number, writing=False)
        return render(request, "files/redaction/made.html", self._state(request, number, file, pk))

    def progress(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        """Return the part of that page that changes while the copy is made."""
        file = self._find(request, number, writing=False)
        return render(request, "files/redaction/progress.html", self._state(request, number, file, pk))

    def copy(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        """Send the copy, to be saved."""
        file = self._find(request, number, writing=False)
        made = get_object_or_404(redactions.released(file.subject), pk=pk)
        try:
            data = store.read(made.copy)
        except (OSError, ValueError) as error:
            logger.exception("the copy of redaction %s cannot be served", made.pk)
            raise Http404 from error
        return download(data, made.copy, made.file_name)

    def _address(self, name: str, *arguments: int) -> str:
        full = f"redaction-{name}" if name else "redaction"
        return reverse(f"{self._namespace}:{full}", args=arguments)

    def _with_addresses(self, number: int, file: Redactable) -> list[tuple[Redaction, str]]:
        return [(made, self._address("made", number, made.pk)) for made in redactions.of(file.subject)[:20]]

    def _state(self, request: HttpRequest, number: int, file: Redactable, pk: int) -> dict[str, object]:
        order = get_object_or_404(redactions.of(file.subject), pk=pk)
        return {
            "file": file,
            "order": order,
            "is_open": order.state == State.ORDERED,
            "reasons": [(REASONS[code], count) for code, count in Counter(box.reason for box in order.marked).items()],
            "may_write": self._may_write(request, number),
            "again": f"{self._address('', number)}?from={order.pk}",
            "progress": self._address("progress", number, order.pk),
            "download": self._address("copy", number, order.pk),
        }

    def _may_write(self, request: HttpRequest, number: int) -> bool:
        try:
            self._find(request, number, writing=True)
        except Http404:
            return False
        return True


def _opened(file: Redactable) -> Original:
    return open_original(redaction.read(file.original), file.original.kind)


def _posted(request: HttpRequest) -> list[dict[str, object]]:
    text = request.POST.get("boxes", "")
    try:
        boxes = json.loads(text) if len(text) <= _MOST_POSTED else None
    except ValueError:
        boxes = None
    if not isinstance(boxes, list) or not all(isinstance(box, dict) for box in boxes):
        raise BoxError("没有收到遮盖框的数据，未处理。请刷新页面后重新标记；仍不行的，请换用新版浏览器。")
    return boxes


def _earlier(request: HttpRequest, file: Redactable) -> list[dict[str, object]]:
    """Return the boxes of an earlier redaction of the same file, to go on from."""
    given = request.GET.get("from", "")
    if not given.isdecimal() or len(given) > 18:  # noqa: PLR2004 - what a database takes for a number
        return []
    earlier = redactions.of(file.subject).filter(original=file.original, pk=int(given)).first()
    return earlier.boxes if earlier else []


def _search(original: Original, wanted: str, first: int) -> tuple[list[dict[str, object]], int | None]:
    begun = time.monotonic()
    # The page before is read once more: a word may begin there.
    page = max(first - 1, 1)
    glyphs = []
    while page <= len(original) and (page <= first or time.monotonic() - begun < _SECONDS):
        glyphs += original.text(page)
        page += 1
    hits = [
        {"around": hit.around, "boxes": [{"page": at, **_corners(rect)} for at, rect in hit.rects]}
        for hit in Text(glyphs).search(wanted)
        if hit.rects[-1][0] >= first
    ]
    return hits, page if page <= len(original) else None


def _corners(rect: object) -> dict[str, float]:
    return {key: round(getattr(rect, key), 5) for key in ("x0", "y0", "x1", "y1")}
