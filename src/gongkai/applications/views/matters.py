"""更正申请, 投诉举报 and 申诉: the list, one of them, registering one, acting on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import identity
from gongkai.applications.domain import matters as verbs
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.beside import MatterActForm, MatterForm
from gongkai.applications.matters import ACTS, RESULTS, SHORT, WITHDRAWN, Act, act_of
from gongkai.applications.models import Matter, MatterKind, MatterStage
from gongkai.applications.queries import beside
from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

PAGE = 20
UNPROCESSABLE = 422


def index(request: HttpRequest) -> HttpResponse:
    """List the matters, one kind or all."""
    if not rules.reads_cases(request.scope):
        raise Http404
    kind = request.GET.get("kind", "")
    found = beside.matters(request.scope)
    if kind in MatterKind.values:
        found = found.filter(kind=kind)
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
            _complain(form, error)
        else:
            messages.success(request, f"已登记，编号 {matter.number}。")
            return redirect("applications:matter", matter.pk)
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "kind": MatterKind(kind).label}
    return render(request, "applications/matters/new.html", context, status=status)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a matter."""
    return _page(request, _matter(request, number), {})


@require_POST
def do(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do an act of a matter; a half-filled form comes back with what was typed."""
    matter = _matter(request, number)
    found = act_of(matter.kind, act)
    if found is None or matter.unit_id not in beside.registrable(request.scope, matter.kind):
        raise Http404
    form = MatterActForm(request.POST, request.FILES, act=found, auto_id=f"{act}_%s")
    if not form.is_valid():
        return _page(request, matter, {act: form})
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
        _complain(form, error)
        return _page(request, matter, {act: form})
    messages.success(request, f"已登记“{found.caption}”。")
    return redirect("applications:matter", number)


def _matter(request: HttpRequest, number: int) -> Matter:
    return get_object_or_404(beside.matters(request.scope), pk=number)


def _page(request: HttpRequest, matter: Matter, filled: dict[str, MatterActForm]) -> HttpResponse:
    may_act = matter.unit_id in beside.registrable(request.scope, matter.kind) and matter.stage != MatterStage.ENDED
    acts = (*ACTS[matter.kind], WITHDRAWN) if may_act else ()
    context = {
        "matter": matter,
        "person": identity.masked(matter),
        "events": list(_events(matter)),
        "result": RESULTS.get(matter.result, ""),
        "acts": [(act, filled.get(act.key) or _blank(request, matter, act), act.key in filled) for act in acts],
    }
    return render(request, "applications/matters/detail.html", context, status=UNPROCESSABLE if filled else 200)


def _blank(request: HttpRequest, matter: Matter, act: Act) -> MatterActForm:
    return MatterActForm(act=act, auto_id=f"{act.key}_%s", initial={"seen": matter.version, "day": request.today})


def _events(matter: Matter) -> Iterator[tuple[str, object, list[tuple[str, object]]]]:
    for event in matter.events.select_related("entered_by").order_by("sequence"):
        act = act_of(matter.kind, event.kind)
        captions = act.asks if act else {}
        said = [(captions.get(key, key), value) for key, value in event.payload.items()]
        yield act.caption if act else "收到", event, said


def _complain(form: MatterForm | MatterActForm, error: Exception) -> None:
    form.add_error(None, str(error))
    for name, words in getattr(error, "fields", {}).items():
        if name in form.fields:
            form.add_error(name, words)
