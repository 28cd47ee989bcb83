"""更正申请, 投诉举报 and 申诉: the list, one of them, registering one, acting on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.checks import matter as checks
from gongkai.applications.checks.catalogue import WARNING
from gongkai.applications.domain import exporting, identity
from gongkai.applications.domain import matters as verbs
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.beside import MatterActForm, MatterArchiveForm, MatterForm
from gongkai.applications.matters import ACTS, ASKED, RESULTS, SHORT, WITHDRAWN, Act, act_of, caption_of
from gongkai.applications.models import Matter, MatterKind, MatterStage, Volume
from gongkai.applications.queries import beside
from gongkai.applications.queries import letters as queries
from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import handed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

    from gongkai.applications.models import MatterEvent

PAGE = 20
UNPROCESSABLE = 422


def index(request: HttpRequest) -> HttpResponse:
    """List the matters, one kind or all."""
    if not rules.reads_cases(request.scope):
        raise Http404
    kind, found = _listed(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for matter in page:
        matter.result_words = RESULTS.get(matter.result, "")
    context = {
        "page": page,
        "kind": kind,
        "kinds": MatterKind.choices,
        "new": [(kind, SHORT[kind]) for kind in MatterKind if beside.registrable(request.scope, kind)],
    }
    return render(request, "applications/matters/list.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the list as a table; who took which list away is in the journal."""
    if not rules.reads_cases(request.scope):
        raise Http404
    kind, found = _listed(request)
    try:
        table = exporting.export(
            register=exporting.MATTERS,
            found=found,
            filters={"kind": kind} if kind else {},
            user=request.user,
            today=request.today,
            tree=request.tree,
            form=request.POST.get("format", ""),
        )
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("applications:matters")
    return handed(table)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Register a matter."""
    if kind not in MatterKind.values or not (among := beside.registrable(request.scope, kind)):
        raise Http404
    form = MatterForm(
        request.POST or None, kind=kind, tree=request.tree, among=among, initial={"received_on": request.today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            matter = verbs.receive(user=request.user, today=request.today, **form.facts)
        except ApplicationError as error:
            complain(form, error)
        else:
            messages.success(request, f"已登记，编号 {matter.number}。")
            return redirect("applications:matter", matter.pk)
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "kind": MatterKind(kind).label}
    return render(request, "applications/matters/new.html", context, status=status)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a matter."""
    return page(request, matter_of(request, number), {})


@require_POST
def do(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do an act of a matter; a half-filled form comes back with what was typed."""
    matter = matter_of(request, number)
    found = act_of(matter.kind, act)
    if found is None or matter.unit_id not in beside.registrable(request.scope, matter.kind):
        raise Http404
    form = MatterActForm(request.POST, request.FILES, act=found, auto_id=f"{act}_%s")
    if not form.is_valid():
        return page(request, matter, {act: form})
    data = form.cleaned_data
    file = data["evidence"]
    try:
        verbs.do(
            matter=matter,
            act=act,
            day=data["day"],
            user=request.user,
            today=request.today,
            seen=data["seen"],
            evidence=store.keep(data=file.read(), name=file.name) if file else None,
            evidence_name=file.name if file else "",
            **{key: data[key] for key in form.asked},
        )
    except (ApplicationError, FileRefusedError) as error:
        complain(form, error)
        return page(request, matter, {act: form})
    messages.success(request, f"已登记“{found.caption}”。")
    return redirect("applications:matter", number)


def _listed(request: HttpRequest) -> tuple[str, QuerySet[Matter]]:
    """Return the kind that is asked for, empty for all, and the matters of it that the person may read."""
    kind = request.GET.get("kind", "")
    found = beside.matters(request.scope)
    return (kind, found.filter(kind=kind)) if kind in MatterKind.values else ("", found)


def matter_of(request: HttpRequest, number: int) -> Matter:
    """Return the matter, or answer 404 where the person may not read it: it is not even said to exist."""
    return get_object_or_404(beside.matters(request.scope), pk=number)


def page(
    request: HttpRequest,
    matter: Matter,
    filled: dict[str, MatterActForm],
    archiving: MatterArchiveForm | None = None,
) -> HttpResponse:
    """Show a matter; ``filled`` are the forms that come back by their act, ``archiving`` that of its volume."""
    may_handle = rules.may_handle(request.scope, matter)
    is_ended = matter.stage == MatterStage.ENDED
    acts = (*ACTS[matter.kind], WITHDRAWN) if may_handle and not is_ended else ()
    found = checks.findings(matter) if matter.archived_on is None else []
    if may_handle and is_ended and archiving is None:
        archiving = archive_form(matter, None)
    context = {
        "matter": matter,
        "person": identity.masked(matter),
        "events": list(_events(matter)),
        "result": RESULTS.get(matter.result, ""),
        "acts": [(act, filled.get(act.key) or _blank(request, matter, act), act.key in filled) for act in acts],
        "letters": queries.panel_of(matter, request.scope),
        "findings": found,
        "archive": archiving,
        "volume": Volume.objects.filter(matter=matter).first() if matter.archived_on else None,
    }
    is_refused = bool(filled) or (archiving is not None and archiving.is_bound)
    return render(request, "applications/matters/detail.html", context, status=UNPROCESSABLE if is_refused else 200)


def archive_form(matter: Matter, data: QueryDict | None) -> MatterArchiveForm:
    """Return the form of the volume; it asks for an explanation where the checks found what can be explained."""
    needs_note = any(one.severity == WARNING for one in checks.findings(matter))
    return MatterArchiveForm(data, needs_note=needs_note, auto_id="archive_%s", initial={"seen": matter.version})


def _blank(request: HttpRequest, matter: Matter, act: Act) -> MatterActForm:
    return MatterActForm(act=act, auto_id=f"{act.key}_%s", initial={"seen": matter.version, "day": request.today})


def _events(matter: Matter) -> Iterator[tuple[str, MatterEvent, list[tuple[str, object]], int | None]]:
    """Yield each event: what it is called, what was said, and the letter it is about."""
    for event in matter.events.select_related("entered_by").order_by("sequence"):
        act = act_of(matter.kind, event.kind)
        captions = {**ASKED, **(act.asks if act else {})}
        said = [(captions[key], value) for key, value in event.payload.items() if key != "letter"]
        yield caption_of(matter.kind, event.kind), event, said, event.payload.get("letter")


def complain(form: MatterForm | MatterActForm | MatterArchiveForm, error: Exception) -> None:
    """Put what a verb refused into the form."""
    form.add_error(None, str(error))
    for name, words in getattr(error, "fields", {}).items():
        if name in form.fields:
            form.add_error(name, words)
