"""What a matter beside applications does for its letters and its volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks import matter as checks
from gongkai.applications.checks.catalogue import ERROR
from gongkai.applications.domain import archiving, matters
from gongkai.applications.domain.identity import masked, opened
from gongkai.applications.domain.letters_judging import nature_of
from gongkai.applications.errors import StruckError
from gongkai.applications.errors_letters import LetterFieldsError, WrongLetterError
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.kinds import ends_matter
from gongkai.applications.letters.prefill_matters import asked, fields, until
from gongkai.applications.letters.setting import contact_of
from gongkai.applications.matters import RESULTS, SHORT, act_of, caption_of
from gongkai.applications.models import IdentityProof, LetterState, Matter, MatterKind, MatterStage, Mode
from gongkai.law.editions import edition_for
from gongkai.law.letters import letter as law_letter
from gongkai.units.models import Guide
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.holders.port import Piece
    from gongkai.applications.models import Consultee, Letter
    from gongkai.files.models import Blob
    from gongkai.law.letters import Letter as LawLetter
    from gongkai.units.models import Unit

_SAID = {
    MatterKind.RECTIFICATION: "请求更正的内容为",
    MatterKind.COMPLAINT: "反映的问题为",
    MatterKind.APPEAL: "申诉的事项为",
}
_OUT = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)


class MatterHolder:
    """A matter: a letter that goes out is an act of its procedure, and what comes of it is told once."""

    def locked(self, case: Matter, seen: int | None = None) -> Matter:
        """Lock the row."""
        return matters.locked(case, seen)

    def regulation(self, case: Matter, today: date) -> str:
        """Return the edition of the day: these papers are procedure, whenever the matter came."""
        del case
        return edition_for(today).code

    def check_kind(self, case: Matter, law: LawLetter, consultee: Consultee | None) -> None:
        """Refuse letters of another kind of case, and those of a complaint that its own subject would write."""
        del consultee
        if law.case != case.kind:
            raise WrongLetterError(
                f"《{law.title}》不是{case.get_kind_display()}的文书。请选择本事项的文书。",
                {"what": "不是本事项的文书。"},
                article="；".join(law.articles),
            )
        if case.kind == MatterKind.COMPLAINT and case.about_id == case.unit_id:
            raise WrongLetterError(
                f"{case.number} 登记在被投诉的机构自己名下，不能由它发文处理对自己的投诉。"
                "请在主管部门名下重新登记，本件写明后办结。",
                article="《政府信息公开条例》第四十七条",
            )

    def told(self, case: Matter, kind: str, options: Mapping[str, object], today: date) -> dict[str, str]:
        """Return what the acts entered so far say."""
        return fields(case, kind, self.regulation(case, today), options)

    def options(self, case: Matter, kind: str) -> dict[str, object]:
        """Return the day of an order that was entered before its letter."""
        return until(case, kind)

    def mode(self, case: Matter) -> str:
        """Propose the post."""
        del case
        return Mode.POSTED

    def given(self, case: Matter, you: str, agency: str, contact: str) -> dict[str, str]:
        """Return number, day, what was asked, and about whom."""
        words = asked(case)
        return {
            "agency": agency,
            "you": you,
            "receipt_number": case.number,
            "received": chinese_day(case.received_on),
            "receipt": f"本机关于{chinese_day(case.received_on)}收到{you}提出的{SHORT[MatterKind(case.kind)]}"
            f"（受理编号：{case.number}）",
            # Matters are not registered by channel; an office's own wording of former days may still name it.
            "channel": "书面",
            "request": f"{_SAID[MatterKind(case.kind)]}：{words}。",
            "request_bare": words,
            "about": _name(case.about, case.received_on) if case.about is not None else case.about_name,
            "contact": contact or contact_of(case.unit),
        }

    def information(self, case: Matter) -> str:
        """Return the title."""
        return case.title

    def is_person(self, letter: Letter) -> bool:
        """Tell whether whoever brought the matter is a human being; a unit that is supervised is none."""
        matter = letter.matter
        return not _is_to_unit(letter) and matter.proof != IdentityProof.CREDIT_CODE and not matter.representative

    def addressee(self, letter: Letter, day: date) -> str:
        """Return whoever brought the matter, or the unit it is about."""
        return _name(letter.matter.about, day) if _is_to_unit(letter) else opened(letter.matter).name

    def addressee_shown(self, letter: Letter, day: date) -> str:
        """Return the same, people masked."""
        return _name(letter.matter.about, day) if _is_to_unit(letter) else masked(letter.matter).name

    def address(self, letter: Letter, day: date) -> tuple[str, str, str]:
        """Return those of whoever brought the matter, or those of the unit's guide."""
        if _is_to_unit(letter):
            guide = Guide.objects.filter(unit=letter.matter.about_id).first()
            return self.addressee(letter, day), guide.address if guide else "", guide.telephone if guide else ""
        clear = opened(letter.matter)
        return clear.name, clear.address or clear.email, clear.telephone

    def judge(self, letter: Letter, day: date) -> None:
        """Refuse what does not fit what the matter ended in, and what was told before."""
        matter, act = letter.matter, act_of(letter.matter.kind, nature_of(letter).act)
        assert act is not None  # every letter of a matter is one of its acts
        matters.demand_after(matter, day, letter.title)
        if "until" in act.asks and not letter.options.get("until"):
            raise LetterFieldsError(
                f"《{letter.title}》没有写明整改期限。请填写整改期限至哪一日。",
                {"until": "请填写。"},
                article=act.article,
            )
        if matter.stage == MatterStage.ENDED and matter.result != act.result:
            raise WrongLetterError(
                f"{matter.number} 已于 {matter.ended_on} 按“{RESULTS[matter.result]}”办结，"
                f"不能再发《{letter.title}》。请作废本件，改拟与办理结果一致的文书。",
                article=act.article,
            )
        if not ends_matter(letter.kind, letter.regulation):
            return
        before = matter.letters.filter(state__in=_OUT).exclude(pk=letter.pk)
        told = next((one for one in before if ends_matter(one.kind, one.regulation)), None)
        if told is not None:
            raise WrongLetterError(
                f"{matter.number} 已以《{told.title}》（{told.number}）告知处理结果，"
                f"不能再发《{letter.title}》。请作废本件。",
                article=act.article,
            )

    def went_out(self, letter: Letter, day: date, user: User, today: date) -> None:
        """Enter the act that the letter is; where it was entered by hand before, only that it was sent."""
        self.judge(letter, day)
        matter, what = letter.matter, nature_of(letter)
        sealed = {"evidence": letter.sealed_copy, "evidence_name": f"{letter.title}.{letter.sealed_copy.kind}"}
        sealed |= {"letter": letter.pk}
        if matter.stage == MatterStage.ENDED:
            matters.append(matter, "sent", day, user, text=f"《{letter.title}》", number=letter.number, **sealed)
            return
        act = act_of(matter.kind, what.act)
        said = {ask: letter.fields.get(field, "") for ask, field in what.words}
        said |= {"until": letter.options.get("until"), "document": letter.number}
        said = {key: value for key, value in said.items() if key in act.asks}
        if "document" not in act.asks:
            said["number"] = letter.number
        matters.enter(matter, act, day, user, today=today, **said, **sealed)

    def check_sent(self, letter: Letter, user: User, today: date, note: str) -> None:
        """Demand nothing: the checks of a matter look at its volume."""

    def arrived(self, letter: Letter, day: date, user: User, today: date, by: str, **evidence: object) -> None:
        """Enter the arrival."""
        del today
        matters.append(letter.matter, "delivered", day, user, number=letter.number, by=by, letter=letter.pk, **evidence)

    def came_back(self, letter: Letter, day: date, user: User, today: date, reason: str) -> None:
        """Enter the return."""
        del today
        said = {"number": letter.number, "mail": letter.mail, "reason": reason, "letter": letter.pk}
        matters.append(letter.matter, "mail_returned", day, user, **said)

    def went_again(self, letter: Letter, day: date, user: User, today: date) -> None:
        """Enter the second sending."""
        del today
        said = {"number": letter.number, "mode": letter.get_mode_display(), "mail": letter.mail, "letter": letter.pk}
        matters.append(letter.matter, "redelivered", day, user, **said)

    def series(self, case: Matter) -> str:
        """Return those of its own number, with 卷."""
        return f"{matters.SERIES[MatterKind(case.kind)]}J"

    def reasons_to_hold(self, case: Matter, note: str) -> list[str]:
        """Return what the checks find: what must be mended always, the rest unless ``note`` explains it."""
        if case.stage != MatterStage.ENDED:
            raise StruckError(
                f"{case.number} {case.get_stage_display()}，尚未办结，不能归档。请先办结。", article=archiving.ARTICLE
            )
        found = [one for one in checks.findings(case) if one.severity == ERROR or not note.strip()]
        return [f"{one.rule} {one.message.rstrip('。')}，{one.todo.rstrip('。')}" for one in found]

    def archive(self, case: Matter, day: date, user: User, today: date, **said: object) -> None:
        """Enter the event, and close the matter."""
        del today
        matters.demand_after(case, day, "归档")
        case.archived_on = day
        matters.append(case, "archived", day, user, article=archiving.ARTICLE, **said)

    def pieces(self, case: Matter) -> Iterator[tuple[Piece, Blob | None]]:
        """Yield the papers its acts brought, its sealed letters and their proofs of delivery among them."""
        for event in case.events.select_related("evidence"):
            if event.evidence is not None:
                title = event.evidence_name or caption_of(case.kind, event.kind)
                yield {"title": title, "day": event.day.isoformat(), "kind": event.kind}, event.evidence

    def history(self, case: Matter) -> Iterator[Piece]:
        """Yield the acts; none is ever struck out."""
        for event in case.events.order_by("sequence"):
            yield {
                "序号": event.sequence,
                "事项": caption_of(case.kind, event.kind),
                "日期": event.day.isoformat(),
                "登记时间": event.entered_at.isoformat(),
                "内容": event.payload,
                "划去": False,
            }


def _is_to_unit(letter: Letter) -> bool:
    return law_letter(letter.kind, letter.regulation).audience == "agency"


def _name(unit: Unit, day: date) -> str:
    node = as_of(day).node(unit.pk)
    return node.name if node is not None else unit.code
