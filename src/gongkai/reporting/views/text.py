"""The narrative of a report, with what the audit says beside each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from gongkai.reporting.domain import filling
from gongkai.reporting.errors import ChangedMeanwhileError, ReportingError
from gongkai.reporting.forms.acts import SeenForm
from gongkai.reporting.models import Scope
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, frame, submission_of
from gongkai.reporting.views.acts import offered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.reporting.models import Submission

MOST = 20_000
"""Characters of one part; a report of a city has some six thousand in all."""
PHRASE = 5
"""From so many characters on, what a finding quotes is a phrase and no figure of a table."""
TABLES = {2: "proactive", 3: "requests", 4: "remedies"}
"""Parts that a statutory table stands in."""


def text(request: HttpRequest, number: int) -> HttpResponse:
    """Show the narrative; when posted, save what changed. Saved while typing, only the state comes back."""
    submission = submission_of(request, number)
    if request.method != "POST":
        return render(request, "reporting/text.html", _context(request, submission, {}, ""))
    is_live = bool(request.headers.get("HX-Request"))
    form = SeenForm(request.POST, submission=submission)
    typed = {place: request.POST.get(f"text-{place}", "") for place, *_ in submission.sections}
    problem, status = "", UNPROCESSABLE
    if not form.is_valid():
        problem = "没有保存：页面已过期，请刷新后再改。"
    elif any(len(words) > MOST for words in typed.values()):
        problem = f"没有保存：每一部分不超过 {MOST} 字。"
    else:
        texts = {place: typed[place] for place, _, words in submission.sections if _lines(typed[place]) != words}
        try:
            if texts:
                acting = {"user": request.user, "today": request.today, "seen": form.cleaned_data["seen"]}
                submission = filling.write(submission=submission, texts=texts, **acting)
        except ChangedMeanwhileError as error:
            problem, status = str(error), CONFLICT
        except ReportingError as error:
            problem = str(error)
    if is_live:
        # htmx shows an answer only where it was done; what was refused is said in its place.
        return render(request, "reporting/parts/saved.html", _context(request, submission, {}, problem))
    if problem:
        context = _context(request, submission, typed, problem)
        return render(request, "reporting/text.html", context, status=status)
    messages.success(request, "正文已保存。")
    return redirect("reporting:text", number)


def _context(request: HttpRequest, submission: Submission, typed: dict[int, str], problem: str) -> dict[str, Any]:
    context = frame(request, submission, "text")
    sections = _sections(submission, typed, context["answered"])
    placed = {id(one) for section in sections for one in section["findings"]}
    loose = [one for one in submission.findings if not one["cells"] and id(one) not in placed]
    redraft = [one for one in offered(request.scope, submission) if one.act.name == "redraft"]
    return context | {
        "sections": sections,
        "loose": [one for one in loose if one["severity"] != "info"],
        "problem": problem,
        "redraft": redraft[0] if redraft else None,
        "source": "下级和本级的数据" if submission.scope == Scope.WHOLE else "本系统的记录和填报数据",
    }


def _sections(submission: Submission, typed: dict[int, str], answered: set[str]) -> list[dict[str, Any]]:
    waiting = [
        one
        for one in submission.findings
        if one["severity"] != "info" and one["fingerprint"] not in answered and (one["where"] or one["evidence"])
    ]
    result = []
    for number, title, words in submission.sections:
        lines = max(3, sum(1 + len(line) // 42 for line in words.splitlines()) + 1)
        about = [one for one in waiting if _is_about(one, title, words)]
        result.append(
            {
                "number": number,
                "title": title or "导语",
                "text": typed.get(number, words),
                "rows": min(lines, 24),
                "findings": about,
                "table": TABLES.get(number, ""),
            }
        )
    return result


def _is_about(finding: dict[str, Any], title: str, words: str) -> bool:
    """Tell whether a finding rests on this part: it names it, or quotes a phrase of it, not just a figure."""
    quoted = finding["evidence"]
    return (bool(title) and finding["where"] == title) or (len(quoted) >= PHRASE and quoted in words)


def _lines(words: str) -> str:
    return "\n".join(line for line in (one.strip() for one in words.splitlines()) if line)
