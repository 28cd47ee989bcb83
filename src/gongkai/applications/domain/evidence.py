"""What must be on file before an outcome may be chosen (条例 Arts 14–16, 30, 32, 35, 36; law.md §8.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.errors import EvidenceMissingError, IncompleteError, SecretContentError, WrongOutcomeError
from gongkai.law import outcomes
from gongkai.law.catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.applications.course import Course
    from gongkai.applications.models import Application
    from gongkai.law.clock.state import State

CLASSIFIED = "N1"
_SAID = ("earlier_answer_number", "classification_level", "classification_period", "harm_evidence")


def on_file(application: Application, found: Course, payload: Mapping[str, object]) -> frozenset[str]:
    """Return the keys of the prerequisites of ``law.outcomes`` that are on file for ``application``."""
    running = found.running
    kept = {key for key in _SAID if payload.get(key)}
    kinds = {event.kind for event in found.events}
    kept |= {"correction_notice", "correction_answer", "fee_notice", "reasons_requested"} & kinds
    if "third_party_sent" in kinds:
        kept.add("third_party_consultation")
    if running.lapsed(found.day):
        kept.add("correction_period_expired" if running.correction is not None else "fee_period_expired")
    if application.searches.exists():
        kept.add("search_log")
    return frozenset(kept)


def principal(codes: Iterable[str], regulation: str) -> outcomes.Outcome:
    """Return the outcome an answer with these parts is counted under. Raises ``WrongOutcomeError``."""
    try:
        return outcomes.principal(tuple(codes), regulation)
    except CatalogueError as error:
        raise WrongOutcomeError(
            f"{error}请按适用的条例选择办理结果。", {"outcome": "适用的条例没有这种结果。"}
        ) from error


def check_answer(application: Application, found: Course, state: State, payload: dict[str, object]) -> None:
    """Check the outcome of an answer that is about to be entered and set it where only its parts are given.

    ``payload["parts"]`` are mappings with ``outcome``, ``label`` and ``reason``; an imported case is not held to what
    the paper register does not tell: the checks of the case name it instead.
    """
    parts = payload.get("parts") or []
    codes = [part["outcome"] for part in parts] or [payload.get("outcome", "")]
    if not any(codes):
        raise IncompleteError("答复没有写明办理结果，无法计入年度报告。请选择办理结果。", {"outcome": "请选择。"})
    whole = principal(codes, state.regulation)
    payload.setdefault("outcome", whole.code)
    if whole.code != payload["outcome"]:
        principal([str(payload["outcome"])], state.regulation)
    if application.is_imported:
        return
    kept = on_file(application, found, payload)
    lacking = {
        need.key: need
        for code in (*codes, str(payload["outcome"]))
        for need in outcomes.missing(outcomes.outcome(code, state.regulation), kept)
    }
    if lacking:
        words = "；".join(f"{need.caption}（{need.article}）" for need in lacking.values())
        raise EvidenceMissingError(
            f"以“{whole.caption}”答复，案卷中还缺：{words}。请先补齐再答复，复议和诉讼时须以此举证。",
            dict.fromkeys(lacking, "尚缺。"),
            article=next(iter(lacking.values())).article,
        )
    if CLASSIFIED in codes and not application.is_secret:
        raise SecretContentError(
            "以国家秘密为由不予公开的，案卷不得留存内容。请先“按涉密申请处理”，清空所需信息的描述和检索内容，再答复。",
            article="《保守国家秘密法》（2024年）",
        )
