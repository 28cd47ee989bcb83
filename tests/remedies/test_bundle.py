"""The evidence of a case goes out whole, with what is lacking named, and the journal knows who took it."""

import io
import re
import zipfile
from datetime import date

import pypdfium2
import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import inquiring, papers, secrecy
from gongkai.applications.models import Application, PaperKind
from gongkai.files.domain import store
from gongkai.journal.models import Entry
from gongkai.remedies.domain import bundle, entering
from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.errors import NotAuthorisedError, WrongObjectError
from gongkai.remedies.models import Claimant
from gongkai.remedies.queries.bundle import catalogue

pytestmark = pytest.mark.django_db
D = date.fromisoformat


def words(data):
    document = pypdfium2.PdfDocument(data)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.fixture
def searched(receive, enter, staff):
    """A case answered with 不存在: its form, its search, a letter scanned, and an odd name among the papers."""
    application = receive(D("2024-02-05"))
    facts = {"application": application, "user": staff.handler, "today": TODAY}
    papers.add(kind=PaperKind.FORM, data="张晓岚 申请表".encode(), name="申请表.txt", **facts)
    papers.add(kind=PaperKind.IDENTITY, data="张晓岚 身份证".encode(), name="身份证.txt", **facts)
    papers.add(kind=PaperKind.OTHER, data=b"x", name="备 注:一/二.txt", **facts)
    where = {"searcher": "林经办", "system": "档案系统", "keywords": "采砂", "found": "没有"}
    inquiring.log_search(day=D("2024-02-20"), **where, **facts)
    letter = store.keep(data="答复书".encode(), name="答复书.txt")
    said = {"outcome": "U1a", "number": "岚水公开〔2024〕5号", "mode": "posted", "mail": "1234567890123"}
    return enter(application, "answer", D("2024-02-28"), evidence=letter, evidence_name="答复书.txt", **said)


def test_the_catalogue_names_what_is_there_and_what_is_lacking(searched):
    found = catalogue(searched, TODAY)
    assert [(proof.item.key, [file.name for file in proof.files], proof.is_missing) for proof in found.proofs] == [
        ("application", ["申请表.txt"], False),
        ("search_log", [], False),
        ("answer_letter", ["答复书.txt"], False),
        ("delivery", [], True),
        ("course", [], False),
    ]
    assert [proof.item.caption for proof in found.missing] == ["答复书的送达回证或者交邮凭证"]
    assert [file.name for file in found.others] == ["二.txt"]


def test_the_bundle_holds_the_files_as_the_catalogue_numbers_them(searched, contest, staff):
    remedy = contest(searched, ground="not_provided", case_number="岚政复〔2024〕9号")
    made = bundle.assemble(remedy=remedy, user=staff.handler, today=TODAY)
    archive = zipfile.ZipFile(io.BytesIO(made.data))
    assert archive.namelist() == [
        "00 举证材料目录.pdf",
        "01 申请表.txt",
        "03 答复书.txt",
        "06-1 二.txt",
    ]
    assert made.name == "HL-012-FY-2024-001举证材料.zip"
    assert made.missing == ("答复书的送达回证或者交邮凭证",)
    text = words(archive.read("00 举证材料目录.pdf"))
    for expected in (
        "岚政复〔2024〕9号",
        "《行政复议法》（2023年）第四十四条、第四十八条",
        "案卷中没有",
        "2024-02-20林经办：档案系统采砂没有",
        "答复，文号岚水公开〔2024〕5号，邮寄送达，邮件号1234567890123",
        "第1个工作日",
    ):
        assert expected in text
    assert "张晓岚" not in text


def test_the_journal_knows_who_took_it_and_nobody_else_may(searched, contest, staff, stranger):
    remedy = contest(searched, ground="not_provided")
    for nobody in (stranger, staff.auditor, staff.legal):
        with pytest.raises(NotAuthorisedError):
            bundle.assemble(remedy=remedy, user=nobody, today=TODAY)
    bundle.assemble(remedy=remedy, user=staff.head, today=TODAY)
    entry = Entry.objects.order_by("pk").last()
    assert (entry.act, entry.detail["files"], entry.detail["missing"]) == ("remedies.bundle_made", 3, ["delivery"])


def test_the_same_file_gives_the_same_bytes(searched, contest, staff):
    remedy = contest(searched, ground="not_provided")
    made = [bundle.assemble(remedy=remedy, user=staff.handler, today=TODAY).data for _ in range(2)]
    assert made[0] == made[1]


def test_a_refusal_of_secrets_is_proved_elsewhere_and_a_rare_name_does_not_stop_it(receive, enter, contest, staff):
    application = receive(D("2024-02-05"))
    secrecy.mark_secret(application=application, user=staff.handler, today=TODAY)
    said = {"outcome": "N1", "classification_level": "秘密", "classification_period": "十年"}
    application = enter(
        Application.objects.get(pk=application.pk), "answer", D("2024-02-28"), number="𠮷〔2024〕1号", **said
    )
    remedy = contest(application, ground="refusal")
    by_key = {proof.item.key: proof for proof in catalogue(application, TODAY).proofs}
    assert (by_key["classification"].outside, by_key["classification"].is_missing) == (True, False)
    data = zipfile.ZipFile(io.BytesIO(bundle.assemble(remedy=remedy, user=staff.handler, today=TODAY).data))
    text = words(data.read("00 举证材料目录.pdf"))
    assert "[U+20BB7]〔2024〕1号" in text
    assert "在涉密场所出示" in text


def test_the_arrival_of_each_letter_stands_with_it_and_that_of_the_answer_by_itself(receive, enter):
    application = receive(D("2024-02-05"))

    def scanned(kind, day, name, **params):
        blob = store.keep(data=name.encode(), name=f"{name}.txt")
        return enter(application, kind, D(day), evidence=blob, evidence_name=f"{name}.txt", **params)

    scanned("third_party_sent", "2024-02-08", "征求意见书", party="第三方1", letter=1)
    scanned("delivered", "2024-02-19", "征求意见书回证", letter=1, by="本人")
    enter(application, "third_party_received", D("2024-02-19"), party="第三方1", letter=1)
    enter(application, "third_party_opinion", D("2024-02-21"), party="第三方1", consent=False)
    scanned("answer", "2024-02-28", "答复书", outcome="A2", number="甲〔2024〕1号", letter=2)
    application = scanned("delivered", "2024-02-29", "答复书回证", letter=2, by="本人")
    by_key = {proof.item.key: [file.name for file in proof.files] for proof in catalogue(application, TODAY).proofs}
    assert by_key["third_party_sent"] == ["征求意见书.txt", "征求意见书回证.txt"]
    assert by_key["answer_letter"] == ["答复书.txt"]
    assert by_key["delivery"] == ["答复书回证.txt"]
    assert by_key["public_interest"] == []


def test_without_an_application_there_is_no_file_to_take(contest, staff):
    claimant = Plaintiff(Claimant.OTHER, "natural_person", "李海生")
    remedy = contest(None, ground="third_party_harm", act_on=D("2024-03-01"), claimant=claimant)
    with pytest.raises(WrongObjectError):
        bundle.assemble(remedy=remedy, user=staff.handler, today=TODAY)


def test_an_unconfirmed_application_has_no_computation_yet(receive, contest, staff):
    remedy = contest(receive(medium="email"), ground="non_answer")
    assert bundle.assemble(remedy=remedy, user=staff.handler, today=TODAY).missing == ("申请表及其收到凭证",)
    assert entering.REMEDIED in {event.kind for event in remedy.application.events.all()}
