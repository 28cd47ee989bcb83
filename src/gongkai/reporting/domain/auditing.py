"""The audit of a report on the server: on save, submission, receipt and publication (国办公开办函〔2021〕30号).

Errors block; a warning wants a written answer, which holds until its figures or words change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.annual.audit import audit_series
from gongkai.annual.finding import Finding
from gongkai.reporting.captions import caption
from gongkai.reporting.domain.authority import authorise, changed, demand_state, locked, trace
from gongkai.reporting.errors import BlockedError, ReasonMissingError
from gongkai.reporting.models import EDITABLE, Basis, Explanation
from gongkai.reporting.queries.cells import UPLOADED, cells
from gongkai.reporting.queries.previous import before
from gongkai.reporting.queries.report import report_of
from gongkai.units.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Submission
    from gongkai.reporting.queries.cells import Value

LEVELS = {
    Kind.DEPARTMENT: "department",
    Kind.OFFICE: "department",
    Kind.VERTICAL: "department",
    Kind.AUTHORISED: "department",
    Kind.ENTERPRISE: "department",
    Kind.ZONE: "department",
    Kind.TOWN: "town",
    Kind.STREET: "town",
}
"""The level of a body by its kind; that of a government comes from its name."""


def findings_of(submission: Submission, found: Mapping[str, Value] | None = None) -> list[dict[str, Any]]:
    """Return what the audit says of the report now, as plain JSON, the gravest first.

    The published report of the year before, if there is one, is compared with.
    """
    found = cells(submission) if found is None else found
    report = report_of(submission, found)
    earlier = before(submission)
    series = [report] if earlier is None else [earlier, report]
    result = audit_series(series, level=LEVELS.get(Kind(submission.unit.kind)))[-1]
    order = {"error": 0, "warning": 1, "info": 2}
    every = sorted((*result, *_contradicted(submission, found)), key=lambda one: order[one.severity])
    return [_kept(one) for one in every]


def refresh(submission: Submission, found: Mapping[str, Value] | None = None) -> None:
    """Put the findings of now into ``submission``; the caller saves it."""
    submission.findings = findings_of(submission, found)


@transaction.atomic
def explain(
    *, submission: Submission, fingerprint: str, words: str, user: User, today: date, seen: int | None = None
) -> Explanation:
    """Answer a warning in writing."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "说明审核发现")
    demand_state(submission, EDITABLE, "说明审核发现")
    finding = next((one for one in submission.findings if one["fingerprint"] == fingerprint), None)
    if finding is None or not words.strip():
        raise ReasonMissingError("说明不能为空，且须针对当前的一条审核发现。请刷新页面后重新填写。")
    made = Explanation.objects.create(
        submission=submission,
        fingerprint=fingerprint,
        message=finding["message"][:500],
        words=words.strip(),
        entered_by=user,
    )
    trace("explained", submission, user, code=finding["code"], words=made.words)
    changed(submission)
    return made


def unanswered(submission: Submission) -> list[dict[str, Any]]:
    """Return what stands in the way: errors, and warnings without an answer."""
    answered = set(submission.explanations.values_list("fingerprint", flat=True))
    return [
        one
        for one in submission.findings
        if one["severity"] == "error" or (one["severity"] == "warning" and one["fingerprint"] not in answered)
    ]


def demand_clean(submission: Submission, act: str) -> None:
    """Audit the report anew and raise ``BlockedError`` where an error or an unanswered warning stands in the way."""
    refresh(submission)
    if open_ones := unanswered(submission):
        errors = sum(one["severity"] == "error" for one in open_ones)
        raise BlockedError(
            f"《{submission.title}》不能{act}：审核发现 {errors} 项错误、{len(open_ones) - errors} 项未说明的提示。"
            f"错误须改正，提示须改正或者逐项说明理由（国办公开办函〔2021〕30号）。首先是：{open_ones[0]['message']}",
            open_ones,
        )


def _contradicted(submission: Submission, found: Mapping[str, Value]) -> Iterator[Finding]:
    """Yield where an uploaded report says other than the cases that the unit does keep here."""
    if submission.basis != Basis.UPLOAD:
        return
    for one in found.values():
        if one.source == UPLOADED and one.counted and one.number is not None and one.number != one.counted:
            words = caption(submission.campaign.edition, one.key)
            yield Finding(
                code="file-against-cases",
                severity="error",
                message=(
                    f"上传的报告“{words}”为 {one.number}，本系统的记录为 {one.counted}。依据：条例第五十条。"
                    "请核对：报告有误的，在单元格中修正并写明理由；记录有误的，更正登记。"
                ),
                cells=(one.key,),
                expected=one.counted,
                found=one.number,
                rule="file-against-cases",
            )


def _kept(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "cells": list(finding.cells),
        "evidence": finding.evidence,
        "where": finding.where,
        "fingerprint": finding.fingerprint,
    }
