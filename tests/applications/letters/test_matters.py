"""Letters of 更正, 投诉 and 申诉: by the same review, numbers, seal and post, and each is an act of its matter."""

from datetime import date

import pytest

from applications.conftest import TODAY, ZHANG
from applications.letters.conftest import FEB5, FEB20, fill, scan
from builders.city import person
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import letters, letters_reading, letters_sealing, letters_sending, matters
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.errors import BeforeApplicationError, NotAuthorisedError
from gongkai.applications.errors_letters import LetterFieldsError, WrongLetterError
from gongkai.applications.models import Letter, LetterState, LetterWording, Matter, MatterKind, MatterStage, SealEntry
from gongkai.applications.queries import letters as queries
from gongkai.journal.models import Entry
from gongkai.journal.queries import chain
from gongkai.law.letters import letters as law_letters

pytestmark = pytest.mark.django_db

LETTERS = [(law.key, law.case) for law in law_letters() if law.case != "application"]
RESULTS = {
    "rectification": (MatterStage.ENDED, "corrected"),
    "rectification_refused": (MatterStage.ENDED, "refused"),
    "rectification_transfer": (MatterStage.ENDED, "forwarded"),
    "rectification_told": (MatterStage.ENDED, "told"),
    "complaint_upheld": (MatterStage.ENDED, "upheld"),
    "complaint_dismissed": (MatterStage.ENDED, "dismissed"),
    "complaint_elsewhere": (MatterStage.ENDED, "elsewhere"),
    "supervision_order": (MatterStage.ORDERED, ""),
    "supervision_criticism": (MatterStage.OPEN, ""),
    "appeal_upheld": (MatterStage.ENDED, "upheld"),
    "appeal_dismissed": (MatterStage.ENDED, "dismissed"),
}
"""Where each letter leaves its matter when it goes out."""


def text_of(letter):
    return "\n".join(letters.frozen(letter).texts())


@pytest.mark.parametrize(("kind", "case"), LETTERS)
def test_a_letter_goes_through_everything_and_its_going_is_the_act(bring, desk, centre, staff, kind, case):
    matter = bring(case)
    letter = desk.sent(matter, kind)
    assert (letter.state, letter.number.endswith("〔2024〕1号")) == (LetterState.SENT, True)
    matter.refresh_from_db()
    assert (matter.stage, matter.result) == RESULTS[kind]
    event = matter.events.last()
    assert (event.payload["letter"], event.evidence_id) == (letter.pk, letter.sealed_copy_id)
    user = centre.office if case == "complaint" else staff.handler
    letters_sending.deliver(letter=letter, day=TODAY, user=user, today=TODAY, data=scan(), name="回证.pdf")
    last = matter.events.last()
    assert (last.kind, last.payload["by"], last.evidence_name) == ("delivered", "本人签收", "送达回证")
    assert chain.verify().broken is None


def test_a_letter_is_for_whoever_brought_the_matter_and_an_order_for_the_unit_it_is_about(bring, desk):
    told = text_of(desk.approved(bring(MatterKind.RECTIFICATION), "rectification_refused"))
    assert "张晓岚" in told
    assert "请求更正的内容为：水价表没有公布；请求处理；附照片。" in told
    assert "本机关决定对该信息不予更正" in told
    assert "申请行政复议" in told
    order = text_of(desk.approved(bring(MatterKind.COMPLAINT), "supervision_order"))
    assert "海岚市水利局" in order
    assert "张晓岚" not in order
    assert "水价表没有公布" not in order
    assert "请你单位于2024年3月15日前完成整改" in order
    assert "行政复议" not in order


def test_an_answer_to_a_complaint_names_the_unit_and_where_the_conduct_itself_can_be_contested(bring, desk):
    told = text_of(desk.approved(bring(MatterKind.COMPLAINT), "complaint_dismissed"))
    assert "关于海岚市水利局政府信息公开工作的投诉、举报" in told
    assert "也可以依法对该行为申请行政复议或者提起行政诉讼" in told
    assert "60日" not in told


def test_an_organisation_is_addressed_as_one(bring, desk):
    company = ZHANG.__class__(name="岚江纸业有限公司", proof="credit_code", proof_number="91350500MA0000000X")
    letter = desk.approved(bring(MatterKind.APPEAL, applicant=company), "appeal_upheld")
    assert "你单位的申诉成立" in text_of(letter)
    assert queries.addressee_shown(letter, FEB20) == "岚江纸业有限公司"


def test_what_was_entered_by_hand_stands_in_the_letter_and_is_not_entered_twice(bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    acting = {"day": FEB20, "user": staff.handler, "today": FEB20}
    matters.do(matter=matter, act="checked", text="产权证载明为8号", **acting)
    matters.do(matter=matter, act="corrected", text="门牌号更正为8号", **acting)
    letter = letters.draft(case=matter, kind="rectification", user=staff.handler, today=FEB20)
    assert letter.fields == {"result": "门牌号更正为8号"}
    desk.sent(matter, "rectification")
    assert [event.kind for event in matter.events.all()] == ["received", "checked", "corrected", "sent"]
    assert matter.events.last().payload["text"] == "《政府信息更正告知书》"


def test_an_order_takes_its_last_day_from_the_act_and_computes_it_again_when_it_is_changed(bring, desk, centre):
    matter = bring(MatterKind.COMPLAINT)
    acting = {"user": centre.office, "today": FEB20}
    matters.do(matter=matter, act="checked", text="栏目一年没有更新", day=FEB20, **acting)
    matters.do(matter=matter, act="ordered", text="限期更新", until=date(2024, 3, 1), day=FEB20, **acting)
    letter = letters.draft(case=matter, kind="supervision_order", **acting)
    assert letter.fields == {
        "findings": "栏目一年没有更新",
        "requirements": "限期更新",
        "deadline": "于2024年3月1日前",
    }
    later = letters.revise(letter=letter, fields=letter.fields, options={"until": date(2024, 3, 8)}, **acting)
    assert later.fields["deadline"] == "于2024年3月8日前"


def test_an_order_without_a_last_day_is_not_sent_to_review(bring, desk, centre):
    letter = desk.draft(bring(MatterKind.COMPLAINT), "supervision_order", options={})
    with pytest.raises(LetterFieldsError, match="没有写明整改期限") as caught:
        letters.submit(letter=letter, user=centre.office, today=FEB20)
    assert "第四十七条" in caught.value.article


def test_a_criticism_keeps_its_own_number_as_that_of_the_document(bring, desk):
    matter = bring(MatterKind.COMPLAINT)
    letter = desk.sent(matter, "supervision_criticism")
    assert letter.number == "岚政公开督〔2024〕1号"
    assert matter.events.last().payload["document"] == "岚政公开督〔2024〕1号"


def test_an_own_wording_of_former_days_still_names_what_it_named(bring, desk, bureau, staff):
    paragraphs = ["{receipt}。{channel}提出。", "{result}"]
    LetterWording(
        unit=bureau,
        regulation="2019",
        kind="rectification",
        number=1,
        valid_from=FEB5,
        paragraphs=paragraphs,
        made_by=staff.head,
    ).save()
    told = text_of(desk.approved(bring(MatterKind.RECTIFICATION), "rectification"))
    assert "本机关于2024年2月5日收到您提出的更正申请（受理编号：HL-012-GZ-2024-0001）。书面提出。" in told


def test_numbers_run_on_without_gaps_by_class_whatever_kind_of_case_they_are_of(
    bring, desk, receive, sealed, city, bureau, staff, centre
):
    first = sealed(receive(FEB5), "granted", FEB20, parts=[{"outcome": "A2"}])
    second = desk.sealed(bring(MatterKind.RECTIFICATION), "rectification")
    third = desk.sealed(bring(MatterKind.APPEAL), "appeal_dismissed")
    assert [one.number for one in (first, second, third)] == [f"岚水公开复〔2024〕{n}号" for n in (1, 2, 3)]
    letters_sealing.void(letter=second, user=staff.head, today=FEB20, reason="印错")
    order = desk.sealed(bring(MatterKind.COMPLAINT), "supervision_order")
    answer = desk.sealed(bring(MatterKind.COMPLAINT), "complaint_upheld")
    assert (order.number, answer.number) == ("岚政公开督〔2024〕1号", "岚政公开复〔2024〕1号")
    assert queries.missing_numbers(bureau, 2024) == queries.missing_numbers(city, 2024) == []
    Letter.objects.filter(pk=second.pk).update(number="")
    assert queries.missing_numbers(bureau, 2024) == ["岚水公开复〔2024〕2号"]


def test_a_run_prints_letters_of_both_kinds_of_case_with_their_receipts(bring, desk, receive, sealed, staff):
    run = [
        sealed(receive(FEB5), "granted", FEB20, parts=[{"outcome": "A2"}]),
        desk.sealed(bring(MatterKind.RECTIFICATION), "rectification_told"),
    ]
    acting = {"user": staff.handler, "today": FEB20}
    printed = letters_reading.print_run(letters=run, with_receipts=True, **acting)
    assert printed.startswith(b"%PDF")
    assert letters_reading.labels(letters=run, **acting).startswith(b"%PDF")
    outcomes = letters_sending.send_all(
        letters=[(letter, Posting("ems", f"EX{n}CN")) for n, letter in enumerate(run)], day=FEB20, **acting
    )
    assert [one.error for one in outcomes] == ["", ""]


def test_a_letter_to_a_unit_is_posted_to_the_address_of_its_guide(bring, desk, centre):
    letter = desk.sealed(bring(MatterKind.COMPLAINT), "supervision_order")
    sheet = letters_reading.form(
        case=letter.matter, kind="delivery_receipt", user=centre.office, today=FEB20, letter=letter
    )
    assert sheet.startswith(b"%PDF")
    acting = {"user": centre.office, "today": FEB20}
    assert letters_reading.labels(letters=[letter], **acting).startswith(b"%PDF")


def test_a_letter_that_came_back_is_sent_again(bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    letter = desk.sent(matter, "rectification")
    acting = {"user": staff.handler, "today": TODAY, "day": date(2024, 2, 26)}
    letter = letters_sending.mail_returned(letter=letter, reason="查无此人", **acting)
    letters_sending.redeliver(letter=letter, mode="direct", **acting)
    kinds = [event.kind for event in matter.events.all()]
    assert kinds == ["received", "corrected", "mail_returned", "redelivered", "delivered"]


# What does not go


def test_letters_are_of_their_own_kind_of_case(bring, receive, staff):
    acting = {"user": staff.handler, "today": FEB20}
    with pytest.raises(WrongLetterError, match="不是申请的文书"):
        letters.draft(case=receive(FEB5), kind="rectification", **acting)
    for kind in ("granted", "appeal_upheld", "correction_notice"):
        with pytest.raises(WrongLetterError, match="不是更正申请（第四十一条）的文书"):
            letters.draft(case=bring(MatterKind.RECTIFICATION), kind=kind, **acting)
    offered = {one.key for one in queries.choices(receive(FEB5), None)}
    assert not offered & {kind for kind, _ in LETTERS}


def test_a_letter_fits_what_the_matter_ended_in(bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    letter = desk.draft(matter, "rectification_refused")
    matters.do(matter=matter, act="corrected", text="已更正", day=FEB20, user=staff.handler, today=FEB20)
    with pytest.raises(WrongLetterError, match=r"按“予以更正”办结，不能再发《政府信息不予更正告知书》") as caught:
        letters.submit(letter=letter, user=staff.handler, today=FEB20)
    assert "第四十一条" in caught.value.article
    offered = {one.key: one.reason for one in queries.choices_of(Matter.objects.get(), FEB20)}
    assert [key for key, reason in offered.items() if not reason] == ["rectification"]


def test_the_act_of_another_between_seal_and_post_keeps_the_letter(bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    letter = desk.sealed(matter, "rectification_refused")
    matters.do(matter=matter, act="withdrawn", day=FEB20, user=staff.handler, today=FEB20)
    with pytest.raises(WrongLetterError, match="按“撤回”办结"):
        desk.send(letter)
    letter.refresh_from_db()
    assert letter.state == LetterState.SEALED
    assert not Entry.objects.filter(act="applications.letter_sent").exists()


def test_what_came_of_a_matter_is_told_once(bring, desk):
    matter = bring(MatterKind.APPEAL)
    other = desk.sealed(matter, "appeal_dismissed")
    desk.sent(matter, "appeal_dismissed")
    with pytest.raises(WrongLetterError, match=r"已以《公共企事业单位信息公开申诉处理告知书（不予支持）》"):
        desk.send(other)


def test_a_letter_does_not_go_before_its_matter_came(bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    early = letters.draft(case=matter, kind="rectification", user=staff.handler, today=date(2024, 2, 1))
    fill(early, date(2024, 2, 1), staff.handler)
    with pytest.raises(BeforeApplicationError, match="早于收到之日"):
        letters.submit(letter=early, user=staff.handler, today=date(2024, 2, 1))


def test_a_complaint_is_not_answered_by_whom_it_is_about(bring, bureau, centre):
    matter = bring(MatterKind.COMPLAINT)
    Matter.objects.update(unit=bureau)  # as it could be registered before
    matter.refresh_from_db()
    with pytest.raises(WrongLetterError, match="不能由它发文处理对自己的投诉"):
        letters.draft(case=matter, kind="complaint_upheld", user=centre.office, today=FEB20)


# Who sees and does what


def test_letters_of_a_complaint_are_seen_by_the_department_and_those_who_sign_them(bring, desk, city, centre, staff):
    letter = desk.sealed(bring(MatterKind.COMPLAINT), "complaint_upheld")
    clerk = person("gao", city, Role.HANDLER, name="高经办")
    sees = {
        user.name: queries.readable(scope_of(user, FEB20)).filter(pk=letter.pk).exists()
        for user in (centre.office, centre.head, centre.legal, clerk, staff.handler, staff.head)
    }
    assert sees == {"朱主管": True, "米主任": True, "吕法制": True, "高经办": False, "林经办": False, "陈主任": False}
    entries = {
        user.name: queries.register_of_seal(scope_of(user, FEB20), 2024).count() for user in (clerk, centre.head)
    }
    assert entries == {"高经办": 0, "米主任": SealEntry.objects.count()}
    assert [one.pk for one in queries.worked_on(scope_of(centre.office, FEB20))] == [letter.pk]
    assert not queries.worked_on(scope_of(clerk, FEB20)).exists()


def test_a_head_sees_no_letter_of_a_complaint_about_his_own_unit(bring, desk, city, bureau, centre, staff):
    letter = desk.sealed(bring(MatterKind.COMPLAINT), "complaint_upheld")
    Matter.objects.update(about=city)
    assert not queries.readable(scope_of(centre.head, FEB20)).filter(pk=letter.pk).exists()


def test_only_whoever_works_on_a_matter_writes_its_letters(bring, centre, staff):
    with pytest.raises(NotAuthorisedError):
        letters.draft(case=bring(MatterKind.COMPLAINT), kind="complaint_upheld", user=centre.head, today=FEB20)
    with pytest.raises(NotAuthorisedError):
        letters.draft(case=bring(MatterKind.RECTIFICATION), kind="rectification", user=centre.office, today=FEB20)
