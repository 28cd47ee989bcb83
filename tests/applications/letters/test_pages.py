"""The pages of letters, walked by those who work with them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.letters.conftest import scan
from gongkai.applications.domain import letters
from gongkai.applications.models import Letter, LetterState, LetterWording, SealEntry, Stationery
from gongkai.journal.models import Entry
from gongkai.review.models import Review

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 19)


def text(response):
    return response.content.decode()


def at(letter, act=""):
    return f"/office/applications/letters/{letter.pk}/{f'{act}/' if act else ''}"


def test_a_letter_is_walked_from_the_draft_to_its_arrival(receive, browse, staff, stationery):
    application = receive(date(2024, 2, 5))
    begun = browse(
        staff.handler, f"/office/applications/letters/of/{application.pk}/new/", {"what": "extension_notice"}
    )
    letter = Letter.objects.get()
    assert "拟稿：政府信息公开延期答复告知书" in text(begun)
    assert "【未填：理由】" in text(begun)
    filled = {**letter.fields, "reason": "所涉信息需要核对", "days": 20, "mode": "posted", "seen": letter.version}
    browse(staff.handler, at(letter, "edit"), filled | {"then": "done"})
    sent = browse(staff.handler, at(letter, "submit"), {"seen": 2})
    assert "已送审" in text(sent)
    review = Review.objects.get()
    assert "政府信息公开延期答复告知书" in text(browse(staff.head, f"/office/review/{review.pk}/"))
    browse(staff.head, f"/office/review/{review.pk}/", {"decision": "approve", "opinion": "同意"})
    sealed = browse(staff.handler, at(letter, "seal"), {"seen": 4, "medium": "paper", "copies": 2})
    assert "岚水公开告〔2024〕1号" in text(sealed)
    early = browse(staff.handler, at(letter, "send"), {"seen": 5, "mode": "posted", "day": "2024-02-19", "mail": "E1"})
    assert (early.status_code, "还没有传回盖章后的扫描件" in text(early)) == (422, True)
    file = SimpleUploadedFile("扫描.pdf", scan(), "application/pdf")
    browse(staff.handler, at(letter, "scan"), {"seen": 5, "file": file})
    other = browse(
        staff.handler,
        at(letter, "send"),
        {"seen": 6, "mode": "posted", "day": "2024-02-19", "carrier": "other", "mail": "SF1"},
    )
    assert "邮政企业" in text(other)
    browse(
        staff.handler,
        at(letter, "send"),
        {"seen": 6, "mode": "posted", "day": "2024-02-19", "carrier": "ems", "mail": "EX1"},
    )
    shown = browse(staff.handler, at(letter, "deliver"), {"seen": 7, "day": "2024-02-19", "signed_by": "addressee"})
    assert "送达已登记" in text(shown)
    assert Letter.objects.get().state == LetterState.DELIVERED
    assert "张晓岚" not in text(shown)


def test_what_the_law_forbids_is_said_on_the_page_with_its_article(receive, browse, staff, stationery, today):
    application = receive(date(2024, 1, 15))
    page = text(browse(staff.handler, f"/office/applications/letters/of/{application.pk}/new/"))
    assert "今天依法不能发出的" in page
    letter = letters.draft(case=application, kind="correction_notice", user=staff.handler, today=DAY)
    letters.revise(letter=letter, user=staff.handler, today=DAY, fields={**letter.fields, "items_to_correct": "名称"})
    refused = browse(staff.handler, at(letter, "submit"), {"seen": 2})
    assert (refused.status_code, "第三十条" in text(refused)) == (422, True)


def test_the_preview_says_what_the_form_says_and_keeps_nothing(receive, browse, staff, drafted):
    letter = drafted(receive(), "extension_notice", DAY)
    data = {"seen": letter.version, "mode": "posted", "reason": "另一个理由", "new_due": "2024年4月3日", "days": 20}
    shown = browse(staff.handler, at(letter, "preview"), data)
    assert "因另一个理由" in text(shown)
    assert "<html" not in text(shown)
    assert Letter.objects.get().fields["reason"] != "另一个理由"


def test_an_answer_gains_a_part_and_each_part_its_fields(receive, browse, staff, drafted):
    letter = drafted(receive(), "partial", DAY, parts=[{"outcome": "P"}], filled=False)
    data = {"seen": 1, "mode": "posted", "part-0-outcome": "P", "part-0-delivered": "甲", "add": "N4"}
    page = browse(staff.handler, at(letter, "edit"), data)
    assert Letter.objects.get().parts[1]["outcome"] == "N4"
    assert 'name="part-1-reason"' in text(page)


def test_who_acted_second_is_told(receive, browse, staff, drafted):
    letter = drafted(receive(), "extension_notice", DAY)
    refused = browse(staff.colleague, at(letter, "submit"), {"seen": letter.version - 1})
    assert (refused.status_code, "已有他人办理" in text(refused)) == (422, True)


def test_reading_a_letter_in_clear_is_for_those_who_must_know_and_is_entered(receive, browse, staff, sent):
    letter = sent(receive(), "extension_notice", DAY)
    seen = browse(staff.handler, at(letter, "file/pdf"))
    assert seen["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(act="applications.letter_read", detail__which="pdf").count() == 1
    refused = browse(staff.auditor, at(letter, "file/pdf"))
    assert refused["Content-Type"].startswith("text/html")
    assert browse(staff.supervisor, at(letter)).status_code == 404


def test_a_run_is_printed_labelled_and_posted(receive, browse, staff, sealed):
    run = [sealed(receive(), "extension_notice", DAY) for _ in range(2)]
    chosen = {"letters": [letter.pk for letter in run]}
    address = "/office/applications/letters/run/"
    assert "张*" in text(browse(staff.handler, address))
    for act in ("print", "receipts", "labels"):
        assert browse(staff.handler, address, chosen | {"act": act}).content[:5] == b"%PDF-"
    mails = {f"mail-{run[0].pk}": "EX1", f"mail-{run[1].pk}": ""}
    page = text(browse(staff.handler, address, chosen | mails | {"act": "send", "carrier": "ems"}))
    assert "已交邮 1 件" in page
    assert "须登记邮件号码" in page
    assert Letter.objects.filter(state=LetterState.SENT).count() == 1


def test_the_head_sets_numbers_and_words_letters_anew(browse, staff, bureau, today):
    base = "/office/applications/letters"
    assert "尚未设置机关代字" in text(browse(staff.head, f"{base}/stationery/"))
    browse(staff.head, f"{base}/stationery/{bureau.pk}/", {"agency_word": "岚水公开", "word-notice": "通"})
    assert Stationery.objects.get().words == {"notice": "通"}
    address = f"{base}/wordings/{bureau.pk}/2019/extension_notice/"
    lacking = browse(staff.head, address, {"valid_from": "2024-02-19", "paragraphs": "因{reason}延期。"})
    assert (lacking.status_code, "延长后的答复日期" in text(lacking)) == (422, True)
    words = "{receipt}。\n因{reason}，经{approver}同意，本机关将于{new_due}前答复。"
    browse(staff.head, address, {"valid_from": "2024-02-19", "paragraphs": words})
    assert LetterWording.objects.get().paragraphs == words.splitlines()
    assert "HL-012-1" in text(browse(staff.head, f"{base}/wordings/{bureau.pk}/"))
    assert browse(staff.handler, address).status_code == 404


def test_the_register_of_the_seal_says_who_what_when_and_what_is_void(receive, browse, staff, sealed):
    letter = sealed(receive(), "extension_notice", DAY, copies=3)
    refused = browse(staff.handler, at(letter, "void"), {"seen": letter.version, "reason": "有误"})
    assert refused.status_code == 422
    browse(staff.head, at(letter, "void"), {"seen": letter.version, "reason": "日期有误"})
    page = text(browse(staff.auditor, "/office/applications/letters/seals/?year=2024"))
    assert page.index("作废") < page.index("扫描件传回") < page.rindex("用印")
    assert "日期有误" in page
    assert SealEntry.objects.count() == 3


def test_a_list_asks_as_often_for_three_letters_as_for_one(receive, client, today, staff, drafted):
    client.force_login(staff.handler)
    asked = []
    for count in (1, 3):
        for _ in range(count - Letter.objects.count()):
            drafted(receive(), "extension_notice", DAY)
        client.get("/office/applications/letters/")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/office/applications/letters/"))
        assert page.count("延期答复告知书</a>") == count
        asked.append(len(queries))
    assert asked[0] == asked[1]
