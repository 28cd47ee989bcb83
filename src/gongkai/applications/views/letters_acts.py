"""What can be done with a letter besides drafting it: one form, one state, one verb each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import letters, letters_ofd, letters_sealing, letters_sending
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms import letters as forms
from gongkai.applications.letters.kinds import nature
from gongkai.applications.models import LetterState, SealMedium
from gongkai.applications.queries import beside
from gongkai.applications.queries.letters import addressee_shown, shown
from gongkai.applications.seals.port import SealError
from gongkai.applications.views.letters import UNPROCESSABLE, letter_of
from gongkai.files.errors import FileRefusedError
from gongkai.review.errors import ReviewError
from gongkai.review.models import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application, Letter, Matter


_BY_COPY = {"scan": False, "ofd": False, "send": True}
"""Acts that are offered only without, or with, a sealed copy on file."""

_BY_MEDIUM = {"scan": False, "ofd": True}
"""Acts that are offered only for another seal than the OFD's, or for that one."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: where it is posted to, what it is called, in which states, who may, its form and its verb."""

    name: str
    title: str
    states: tuple[str, ...]
    do: Callable[..., object]
    done: str
    form: type[forms.LetterActForm]
    rule: Callable[[Scope, Application | Matter], bool] = rules.may_handle
    is_grave: bool = False

    def may(self, scope: Scope, letter: Letter) -> bool:
        """Tell whether the act is offered."""
        if self.name in _BY_COPY and (letter.sealed_copy_id is not None) != _BY_COPY[self.name]:
            return False
        if self.name in _BY_MEDIUM and (letter.medium == SealMedium.OFD) != _BY_MEDIUM[self.name]:
            return False
        return letter.state in self.states and self.rule(scope, letter.case)


ACTS = (
    Act("submit", "送审", (LetterState.DRAFT,), letters.submit, "已送审。", forms.LetterActForm),
    Act(
        "seal",
        "用印",
        (LetterState.APPROVED,),
        letters_sealing.seal,
        "已编号并登记用印，请打印盖章，或者转为 OFD 签章。",
        forms.SealForm,
    ),
    Act(
        "scan",
        "传回用印件",
        (LetterState.SEALED,),
        letters_sealing.scan_back,
        "用印件已传回。",
        forms.ScanForm,
    ),
    Act(
        "ofd",
        "传回签章 OFD",
        (LetterState.SEALED,),
        letters_ofd.ofd_back,
        "签章已验证，文字与定稿一致，OFD 已入卷。",
        forms.OfdForm,
    ),
    Act("send", "发出", (LetterState.SEALED,), letters_sending.send, "已发出，事项已登记。", forms.SendForm),
    Act("deliver", "登记送达", (LetterState.SENT,), letters_sending.deliver, "送达已登记。", forms.DeliverForm),
    Act("returned", "登记退回", (LetterState.SENT,), letters_sending.mail_returned, "退回已登记。", forms.ReturnedForm),
    Act(
        "redeliver",
        "重新送达",
        (LetterState.RETURNED,),
        letters_sending.redeliver,
        "已重新发出。",
        forms.RedeliverForm,
    ),
    Act(
        "void",
        "作废",
        (LetterState.DRAFT, LetterState.APPROVED, LetterState.SEALED),
        letters_sealing.void,
        "已作废，文号保留。",
        forms.VoidForm,
        is_grave=True,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a letter."""
    return _page(request, letter_of(request, number), {})


@require_POST
def do(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Do an act; a half-filled form comes back with what was typed and what is missing."""
    letter = letter_of(request, number)
    act = BY_NAME[name]
    form = act.form(request.POST, request.FILES, letter=letter, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _page(request, letter, {name: form})
    try:
        act.do(letter=letter, user=request.user, today=request.today, **form.done)
    except (ApplicationError, FileRefusedError) as error:
        fields: Mapping[str, str] = getattr(error, "fields", {})
        form.add_error(None, str(error))
        for field, words in fields.items():
            if field in form.fields:
                form.add_error(field, words)
        return _page(request, letter, {name: form})
    except (ReviewError, SealError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, act.done)
    return redirect("applications:letter", number)


def _page(request: HttpRequest, letter: Letter, filled: Mapping[str, Any]) -> HttpResponse:
    offered = [
        (act, filled.get(act.name) or act.form(letter=letter, auto_id=f"{act.name}_%s"), act.name in filled)
        for act in ACTS
        if act.may(request.scope, letter) or act.name in filled
    ]
    what = nature(letter.kind, letter.regulation)
    kind = what.review if what else ""
    context = {
        "letter": letter,
        "title": letter.title,
        "addressee": addressee_shown(letter, request.today),
        "case_page": _case_page(request, letter),
        "document": shown(letter, request.today),
        "acts": offered,
        "may_edit": letter.state == LetterState.DRAFT and rules.may_handle(request.scope, letter.case),
        "may_read": rules.may_reveal(request.scope, letter.case),
        "entries": letter.seal_entries.select_related("entered_by"),
        "reviews": Review.objects.filter(kind=kind, key=letter.pk).select_related("author").order_by("-pk"),
        "needs_review": bool(kind),
        "has_sheet": letter.regulation != "2008",
    }
    return render(request, "applications/letters/detail.html", context, status=UNPROCESSABLE if filled else 200)


def _case_page(request: HttpRequest, letter: Letter) -> str:
    """Return the address of the case; empty where whoever signs a letter of a complaint may not read the complaint."""
    if letter.application_id is not None:
        return reverse("applications:detail", args=[letter.application_id])
    is_read = beside.matters(request.scope).filter(pk=letter.matter_id).exists()
    return reverse("applications:matter", args=[letter.matter_id]) if is_read else ""
