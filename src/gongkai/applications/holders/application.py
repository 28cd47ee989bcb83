"""What an application does for its letters and its volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.domain import archiving, projection
from gongkai.applications.domain.authority import locked
from gongkai.applications.domain.closing import demand_ready
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.identity import mask_name, masked, opened
from gongkai.applications.domain.inquiring import who
from gongkai.applications.domain.letters_judging import event_params, judge_event, nature_of
from gongkai.applications.errors import SecretContentError, StruckError
from gongkai.applications.errors_letters import WrongLetterError
from gongkai.applications.kinds import CHANNEL_OF, KINDS
from gongkai.applications.letters import prefill
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.kinds import CONSULTEES
from gongkai.applications.letters.setting import contact_of
from gongkai.applications.models import ENDED, ApplicantKind, Application, ConsulteeKind, Event
from gongkai.law.clock.events import CONFIRMED as NEEDS_CONFIRMATION
from gongkai.law.editions import edition_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.holders.port import Piece
    from gongkai.applications.models import Consultee, Letter
    from gongkai.files.models import Blob
    from gongkai.law.letters import Letter as LawLetter

SECRECY_ARTICLE = "《保守国家秘密法》（2024年）"


class ApplicationHolder:
    """An application: its events are judged by the clock of the law."""

    def locked(self, case: Application, seen: int | None = None) -> Application:
        """Lock the row."""
        return locked(case, seen)

    def regulation(self, case: Application, today: date) -> str:
        """Return the edition the application goes by, whatever the day."""
        del today
        return case.regulation or edition_for(case.arrived_on).code

    def check_kind(self, case: Application, law: LawLetter, consultee: Consultee | None) -> None:
        """Refuse letters of matters, and those to a party consulted without the party."""
        if law.case != "application":
            raise WrongLetterError(
                f"《{law.title}》不是申请的文书。请先在“更正、投诉、申诉”中登记，再在该事项的页面上拟制。",
                {"what": "不是申请的文书。"},
                article="；".join(law.articles),
            )
        wanted = CONSULTEES.get(law.key)
        if wanted is None:
            return
        if case.is_secret:
            raise SecretContentError(
                "涉密申请不得通过本系统征求意见：函中必然写明所涉信息。请按保密规定在涉密场所办理。",
                article=SECRECY_ARTICLE,
            )
        if consultee is None or consultee.application_id != case.pk or consultee.kind != wanted:
            raise WrongLetterError("请先登记征求意见对象，再选择向谁发函。", {"consultee": "请选择征求意见对象。"})

    def told(self, case: Application, kind: str, options: Mapping[str, object], today: date) -> dict[str, str]:
        """Return what the case and its clock tell."""
        course = projection.course_of(case, today)
        assert course is not None
        return prefill.fields(case, course, kind, options, today)

    def options(self, case: Application, kind: str) -> dict[str, object]:
        """Return the parameters of the event."""
        return prefill.options(case, kind)

    def mode(self, case: Application) -> str:
        """Return how the applicant wants the answer."""
        return prefill.mode(case)

    def given(self, case: Application, you: str, agency: str, contact: str) -> dict[str, str]:
        """Return number, days, channel and what was asked."""
        received = case.started_on or case.arrived_on
        confirmed = (
            f"，并于{chinese_day(received)}与{you}确认"
            if NEEDS_CONFIRMATION[CHANNEL_OF[case.medium]] and case.started_on
            else ""
        )
        channel = case.get_medium_display()
        asked = _request(case)
        return {
            "agency": agency,
            "you": you,
            "receipt_number": case.number,
            "received": chinese_day(received),
            "channel": channel,
            "receipt": f"本机关于{chinese_day(case.arrived_on)}收到{you}以{channel}方式提出的政府信息公开申请"
            f"（受理编号：{case.number}）{confirmed}",
            "request": f"申请公开的内容为：{asked}。" if asked else "",
            "request_bare": asked,
            "contact": contact or contact_of(case.unit),
        }

    def information(self, case: Application) -> str:
        """Return the title; nothing of a case about state secrets."""
        return "" if case.is_secret else case.title

    def is_person(self, letter: Letter) -> bool:
        """Tell whether a natural person applies; whoever is consulted is addressed as a body."""
        return letter.kind not in CONSULTEES and letter.application.applicant_kind == ApplicantKind.NATURAL_PERSON

    def addressee(self, letter: Letter, day: date) -> str:
        """Return the applicants, not their proxies, or the party consulted."""
        del day
        if letter.consultee is not None:
            return who(letter.consultee)[0]
        return "、".join(opened(one).name for one in letter.application.applicants.all() if not one.is_proxy)

    def addressee_shown(self, letter: Letter, day: date) -> str:
        """Return the same masked; the agencies consulted are no persons."""
        del day
        if letter.consultee is not None:
            name = who(letter.consultee)[0]
            return mask_name(name) if letter.consultee.kind == ConsulteeKind.THIRD_PARTY else name
        return "、".join(masked(one).name for one in letter.application.applicants.all() if not one.is_proxy)

    def address(self, letter: Letter, day: date) -> tuple[str, str, str]:
        """Return those of the first applicant who is no proxy, or of the party consulted."""
        del day
        if letter.consultee is not None:
            name, contact = who(letter.consultee)
            return name, contact, ""
        first = next((one for one in letter.application.applicants.all() if not one.is_proxy), None)
        if first is None:
            return "", "", ""
        clear = opened(first)
        return clear.name, clear.address or clear.email, clear.telephone

    def judge(self, letter: Letter, day: date) -> None:
        """Ask the clock of the law."""
        judge_event(letter, day)

    def went_out(self, letter: Letter, day: date, user: User, today: date) -> Event:
        """Enter the event of the law the letter stands for, or a note."""
        what = nature_of(letter)
        params = (
            {**event_params(letter, day), "letter": letter.pk}
            if what.event
            else {"text": f"发出《{letter.title}》（{letter.number}）"}
        )
        return append(
            letter.application,
            what.event or "note",
            day,
            user,
            today=today,
            evidence=letter.sealed_copy,
            evidence_name=f"{letter.title}.{letter.sealed_copy.kind}",
            **params,
        )

    def check_sent(self, letter: Letter, user: User, today: date, note: str) -> None:
        """Demand of a case that was answered what the checks want."""
        if nature_of(letter).event == "answer":
            demand_ready(application=letter.application, user=user, today=today, note=note, is_final=False)

    def arrived(self, letter: Letter, day: date, user: User, today: date, by: str, **evidence: object) -> None:
        """Enter the arrival, and for whoever is consulted the event that starts their period."""
        append(
            letter.application,
            "delivered",
            day,
            user,
            today=today,
            letter=letter.pk,
            by=by,
            **evidence,
        )
        what = nature_of(letter)
        if what.received:
            append(
                letter.application,
                what.received,
                day,
                user,
                today=today,
                letter=letter.pk,
                party=letter.consultee.label,
            )

    def came_back(self, letter: Letter, day: date, user: User, today: date, reason: str) -> None:
        """Enter the return with the number of the mail."""
        append(
            letter.application,
            "mail_returned",
            day,
            user,
            today=today,
            letter=letter.pk,
            mail=letter.mail,
            reason=reason,
        )

    def went_again(self, letter: Letter, day: date, user: User, today: date) -> None:
        """Enter the second sending."""
        append(
            letter.application,
            "redelivered",
            day,
            user,
            today=today,
            letter=letter.pk,
            mode=letter.mode,
            mail=letter.mail,
        )

    def series(self, case: Application) -> str:
        """Return 依申请."""
        del case
        return "YSQ"

    def reasons_to_hold(self, case: Application, note: str) -> list[str]:
        """Return that it is not finished, or what other rooms hold it open for."""
        del note
        if case.stage not in ENDED:
            raise StruckError(
                f"{case.number}{case.get_stage_display()}，尚未办结，不能归档。请先答复或者结案。",
                article=archiving.ARTICLE,
            )
        return archiving.held(case)

    def archive(self, case: Application, day: date, user: User, today: date, **said: object) -> None:
        """Enter the event, and close the case."""
        said.pop("note", None)
        append(case, "archived", day, user, today=today, **said)
        case.archived_on = day
        case.save(update_fields=["archived_on"])

    def pieces(self, case: Application) -> Iterator[tuple[Piece, Blob | None]]:
        """Yield papers, searches, proofs of events, and what other rooms contribute."""
        for paper in case.papers.select_related("blob"):
            day = paper.added_at.date().isoformat()
            yield {"title": f"{paper.get_kind_display()}：{paper.name}", "day": day, "kind": paper.kind}, paper.blob
        for search in case.searches.all():
            yield {"title": f"检索记录（{search.searcher}）", "day": search.day.isoformat(), "kind": "search"}, None
        for event in case.events.select_related("evidence"):
            if event.evidence is not None:
                title = event.evidence_name or KINDS[event.kind].caption
                yield {"title": title, "day": event.day.isoformat(), "kind": event.kind}, event.evidence
        yield from archiving.contributed(case)

    def history(self, case: Application) -> Iterator[Piece]:
        """Yield the events, those struck out among them."""
        for event in case.events.order_by("sequence"):
            yield {
                "序号": event.sequence,
                "事项": KINDS[event.kind].caption,
                "日期": event.day.isoformat(),
                "登记时间": event.entered_at.isoformat(),
                "内容": event.payload,
                "划去": event.struck_by_or_none is not None,
            }


def _request(application: Application) -> str:
    """Return what was asked, as a phrase; nothing of a case about state secrets."""
    if application.is_secret:
        return ""
    number = f"（{application.document_number}）" if application.document_number else ""
    title = f"“{application.title}”" if application.title and application.description else application.title
    words = [f"{title}{number}", application.description.strip()]
    return "；".join(word for word in words if word).rstrip("。；")
