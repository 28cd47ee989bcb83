"""How an answer can be contested, and the paragraph that tells its reader so.

The rule is that of the day the answer is given, and it is applied to each part of the answer: since 2024-01-01 a
refusal under Articles 14, 15 or 16 must first go to reconsideration (行政复议法 2023 Art 23(1)(4), whose second
paragraph obliges the agency to say so); everything else may be contested either way, as before. A partial answer
therefore carries both sentences. 国办函〔2021〕132号 Art 2: 不予公开 includes 部分不予公开.

Periods are calendar days and months from receipt of the answer. Who reviews follows from the kind of agency
(Arts 24–28); the names of bodies are given by the caller, else their role is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.outcomes import outcome
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class NoRegimeError(CatalogueError):
    """The day lies before the regulation came into force."""

    code = "no-remedy-regime"


class OnlineChannelError(CatalogueError):
    """An answer delivered online must name an online channel for reconsideration."""

    code = "online-channel"


class AgencyKind(StrEnum):
    """What kind of body answers: it decides who reviews and which court hears the case.

    ``BRANCH`` is a 派出机构 of a department, ``OUTPOST`` a 派出机关 of a government (街道办事处, 行政公署);
    ``VERTICAL`` is a tax, state-security, finance or other body under vertical leadership (Art 27), ``JUDICIAL`` a
    local 司法行政部门 that itself handles reconsideration (Art 28), ``AUTHORISED`` an organisation authorised by law.
    """

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    PROVINCIAL_GOVERNMENT = "provincial_government"
    TOWNSHIP = "township"
    NATIONAL_DEPARTMENT = "national_department"
    VERTICAL = "vertical"
    CUSTOMS = "customs"
    OUTPOST = "outpost"
    BRANCH = "branch"
    JUDICIAL = "judicial"
    AUTHORISED = "authorised"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: its outcome code, and how the letter calls it (``第2项``)."""

    outcome: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """Who answers. ``names`` maps a role (``own_government`` …) to the name of the body; ``court`` is the court's."""

    kind: AgencyKind
    names: Mapping[str, str] = field(default_factory=dict)
    court: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """How one or more parts of an answer can be contested.

    ``kind`` is ``review_first`` or ``either``. ``review_days`` and ``suit_days_after_review`` are calendar days,
    ``suit_months`` is ``None`` where there is no direct suit.
    """

    kind: str
    parts: tuple[Part, ...]
    review_days: int
    suit_months: int | None
    suit_days_after_review: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """The paragraph and the facts it was made from."""

    text: str
    routes: tuple[Route, ...]
    reviewers: tuple[str, ...]
    court: str
    online_channel: str = ""


def reviewers(agency: Agency, day: date) -> tuple[str, ...]:
    """Return the bodies that can review an act done on ``day``: more than one means a choice."""
    data = read("remedies")
    roles: list[str] = _regime(day)["reviewers"][agency.kind]
    return tuple(agency.names.get(role) or data["role"][role] for role in roles)


def remedy(
    day: date,
    parts: Sequence[Part],
    agency: Agency,
    *,
    letter: str = "本答复书",
    online_channel: str | None = None,
    regulation: str = "2019",
    partial_review_first: bool | None = None,
) -> Remedy:
    """Return the paragraph for an answer given on ``day``.

    ``online_channel`` is the address for reconsideration online where the answer is delivered online, ``None`` where
    it is delivered otherwise; ``OnlineChannelError`` if it is empty and the law of the day demands one.
    ``partial_review_first`` says whether a partial answer that names no reason for its refused part is taken to
    refuse under Articles 14 to 16 (default: the setting ``partial_refusal_review_first``, yes).
    ``NoRegimeError`` before 2008-05-01; ``UnknownOutcomeError`` for a part without a known outcome.
    """
    regime = _regime(day)
    presumed: bool = (
        read("remedies")["settings"]["partial_refusal_review_first"]
        if partial_review_first is None
        else partial_review_first
    )
    sides = _sides(parts, regime, regulation, presumed=presumed)
    bodies, court = reviewers(agency, day), _court(agency)
    routes = tuple(_route(kind, side, regime) for kind, side in sides.items() if side)
    sentences = [
        f"{_against(route, letter, mixed=len(routes) > 1)}{_how(route, bodies, court, letter)}。" for route in routes
    ]
    if regime["reviewers"][agency.kind] == ["self"]:
        sentences.append("对本机关作出的行政复议决定不服的，也可以向国务院申请裁决，国务院依法作出最终裁决。")
    if online_channel is not None and regime["online_channel"]:
        sentences.append(_online(online_channel, regime))
    return Remedy("".join(sentences), routes, bodies, court, online_channel or "")


def non_answer(day: date, agency: Agency, *, review_first: bool | None = None) -> Remedy:
    """Return how an applicant can act who got no answer by ``day``, the last day of the period.

    The periods run from the day after ``day``. ``review_first`` says whether reconsideration must come first; the
    default is the setting ``non_answer_review_first`` (UNCONFIRMED: 行政复议法 2023 Art 23(1)(3) against
    法释〔2025〕8号 Art 2, which leaves the choice), and never before 2024-01-01.
    """
    regime = _regime(day)
    first: bool = read("remedies")["settings"]["non_answer_review_first"] if review_first is None else review_first
    first = first and bool(regime["review_first"])
    route = _route("review_first" if first else "either", (), regime)
    if first:
        route = Route(
            **{**_facts(route), "articles": (*regime["articles"], "《行政复议法》（2023年）第二十三条第一款第三项")}
        )
    bodies, court = reviewers(agency, day), _court(agency)
    text = f"行政机关逾期不予答复的，{_how(route, bodies, court, '', start='自答复期限届满之日起')}。"
    return Remedy(text, (route,), bodies, court)


def _sides(
    parts: Sequence[Part], regime: dict[str, Any], regulation: str, *, presumed: bool
) -> dict[str, tuple[Part, ...]]:
    """Divide the parts of an answer by the route open against each; a route without parts has none."""
    first: list[Part] = []
    rest: list[Part] = []
    if not regime["review_first"]:
        return {"review_first": (), "either": tuple(parts)}
    rules = [outcome(part.outcome, regulation).remedy for part in parts]
    for part, rule in zip(parts, rules, strict=True):
        if rule == "review_first":
            first.append(part)
        elif rule == "ordinary":
            rest.append(part)
        else:
            # 部分公开 names no reason by itself: the reasons are those of the other parts, if they are given.
            if presumed and "review_first" not in rules:
                first.append(part)
            if "ordinary" not in rules or not presumed:
                rest.append(part)
    return {"review_first": tuple(first), "either": tuple(rest)}


def _route(kind: str, parts: tuple[Part, ...], regime: dict[str, Any]) -> Route:
    first = kind == "review_first"
    return Route(
        kind=kind,
        parts=parts,
        review_days=regime["review_days"],
        suit_months=None if first else regime["suit_months"],
        suit_days_after_review=regime["suit_days_after_review"],
        articles=(*regime["articles"], *([regime["review_first_article"]] if first else [])),
    )


def _facts(route: Route) -> dict[str, Any]:
    return {name: getattr(route, name) for name in Route.__slots__}


def _against(route: Route, letter: str, *, mixed: bool) -> str:
    labels = "、".join(part.label for part in route.parts if part.label)
    if not mixed:
        return f"如对{letter}不服，"
    what = "不予公开的部分" if route.kind == "review_first" else "其余部分"
    return f"对{letter}中{what}{f'（{labels}）' if labels else ''}不服的，"


def _how(route: Route, bodies: tuple[str, ...], court: str, letter: str, *, start: str = "") -> str:
    start = start or f"自收到{letter}之日起"
    who = "或者".join(bodies)
    if route.kind == "review_first":
        return (
            f"应当先{start}{route.review_days}日内向{who}申请行政复议；对行政复议决定不服的，"
            f"可以自收到行政复议决定书之日起{route.suit_days_after_review}日内向{court}提起行政诉讼"
        )
    review = f"{start}{route.review_days}日内向{who}申请行政复议"
    return f"可以{review}，或者{start}{route.suit_months}个月内向{court}提起行政诉讼"


def _court(agency: Agency) -> str:
    courts = read("remedies")["court"]
    level = "intermediate" if agency.kind in courts["intermediate_kinds"] else "basic"
    return agency.court or str(courts[level])


def _online(channel: str, regime: dict[str, Any]) -> str:
    if not channel:
        raise OnlineChannelError(
            "通过互联网送达的答复没有写明提交行政复议申请书的互联网渠道；请在设置中填写行政复议机构的在线申请地址。",
            article=regime["online_article"],
        )
    return f"行政复议申请可以通过互联网提交：{channel}。"


def _regime(day: date) -> dict[str, Any]:
    regimes: list[dict[str, Any]] = read("remedies")["regime"]
    found: dict[str, Any] | None = next((one for one in reversed(regimes) if one["valid_from"] <= day), None)
    if found is None:
        raise NoRegimeError(
            f"{day}早于《政府信息公开条例》的施行日期2008-05-01，没有可以适用的救济规则；请核对答复日期。",
            article="《政府信息公开条例》（2007年）第三十八条",
        )
    return found
