import json
import logging
import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.accounts.sealing import seal
from gongkai.applications.domain import identity
from gongkai.applications.models import Applicant, Application, PaperKind, Stage
from gongkai.intake import codes, limits, tickets
from gongkai.intake.domain import putting
from gongkai.intake.models import Callback, Found, State, Submission, SubmissionFile
from gongkai.units.models import Kind
from intake.conftest import CARD, MONDAY, worked
from intake.pages import FILLED, answered, hidden, words, worked_out

pytestmark = pytest.mark.django_db
FORM = "/apply/form/"
PERSONAL = ("张晓岚", "11010519491231002X", "13800001234", "河道采砂")


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Counts from nothing, and a form that was open for a while."""
    limits.counter.clear()
    monkeypatch.setattr(tickets, "SOONEST_SECONDS", 0)


@pytest.fixture
def fill(client, bureau):
    """Post the form; what is not said is filled in well."""

    def filled(*without, ticket=None, files=True, **fields):
        solved = {} if "sum" in without or "sum" in fields else answered(ticket := ticket or tickets.issue().text)
        ticket = ticket or tickets.issue().text
        data = {**FILLED, "units": [bureau.pk], "ticket": ticket, **solved, **fields}
        if files is True:
            data["identity_file"] = SimpleUploadedFile(CARD.name, CARD.data)
        return client.post(FORM, {name: value for name, value in data.items() if name not in without})

    return filled


def test_the_way_there_names_who_takes_applications_online_and_where_the_others_are(client, bureau, other_bureau):
    answer = client.get("/apply/")
    said = words(answer)
    assert '/apply/form/?unit=HL-012"' in answer.content.decode()
    assert "海岚市教育局" in said.partition("请当面提交或者邮寄的机关")[2]
    assert "unit=HL-013" not in answer.content.decode()


def test_public_enterprises_are_offered_nowhere_and_the_page_says_whom_to_ask(client, fill, bureau, city):
    from builders.city import unit  # noqa: PLC0415 -- used once
    from intake.test_taking import open_guide  # noqa: PLC0415 -- the same

    water = unit("HL-057", "海岚市供排水有限公司", city, Kind.ENTERPRISE)
    open_guide(water)
    for address in ("/apply/", FORM, "/apply/help/"):
        assert "供排水有限公司" not in words(client.get(address))
    assert "可以向其主管部门申诉（条例第五十五条）" in words(client.get("/apply/"))
    assert fill(units=[water.pk]).status_code == 422


def test_the_form_asks_for_no_purpose_and_has_the_unit_chosen(client, bureau):
    answer = client.get(f"{FORM}?unit=HL-012")
    page = answer.content.decode()
    assert re.search(rf'value="{bureau.pk}"[^>]*checked', page)
    assert not re.search(r"<label[^>]*>[^<]*(用途|三需要)", page)
    assert answer["Cache-Control"] == "no-store"


def test_what_is_sent_in_gets_a_receipt_at_once_and_becomes_an_application(fill, bureau):
    answer = fill()
    assert answer.status_code == 200
    said = words(answer)
    number = re.search(r"W20240603-\w{8}", said)[0]
    code = re.search(r"(\w{4}-){3}\w{4}(?!\w)", said.replace(number, ""))[0]
    assert "双方确认之日" in said
    row = Submission.objects.get()
    assert row.key == codes.key_of(number, code)
    worked()
    application = Application.objects.get()
    assert application.papers.get().kind == PaperKind.IDENTITY
    assert application.unit == bureau


def test_an_organisation_applies_through_a_proxy_with_an_authority(fill):
    paper = SimpleUploadedFile("委托书.png", CARD.data)
    answer = fill(
        applicant_kind="commercial",
        name="海岚建材有限公司",
        representative="钱某",
        proof="credit_code",
        proof_number="91350500MA00000000",
        is_proxy="on",
        proxy_name="孙代理",
        proxy_telephone="13900000000",
        authority_file=paper,
    )
    assert answer.status_code == 200
    worked()
    application = Application.objects.get()
    assert application.applicant_kind == "commercial"
    assert Applicant.objects.get(is_proxy=True).has_authority
    assert {paper.kind for paper in application.papers.all()} == {PaperKind.IDENTITY, PaperKind.AUTHORITY}


def test_several_apply_together_in_one_application(fill):
    others = {
        "joint1_name": "李远帆",
        "joint1_proof": "id_card",
        "joint1_proof_number": "11010519491231002x",
        "joint3_name": "海岚建材有限公司",
        "joint3_proof": "credit_code",
        "joint3_proof_number": "91350500MA00000000",
    }
    assert fill(**others).status_code == 200
    worked()
    (application,) = Application.objects.all()
    people = [identity.opened(one) for one in application.applicants.all()]
    assert [one.name for one in people] == ["张晓岚", "李远帆", "海岚建材有限公司"]
    assert people[1].proof_number == "11010519491231002X"
    assert not any(one.is_proxy for one in people)


def test_those_who_apply_together_are_seen_again_where_something_is_amiss(fill):
    answer = fill(joint2_name="李远帆")
    assert '<details class="joint" data-opens open>' in answer.content.decode()
    assert '<details class="joint" data-opens>' in fill("name").content.decode()


@pytest.mark.parametrize(
    ("without", "fields", "where", "said"),
    [
        ([], {"joint1_name": "李远帆"}, "joint1_proof_number", "请填写证件号码"),
        ([], {"joint4_proof_number": "91350500MA00000000", "joint4_proof": "credit_code"}, "joint4_name", "请填写姓名"),
        (
            [],
            {"joint1_name": "李", "joint1_proof_number": "110105194912310021", "joint1_proof": "id_card"},
            "joint1_proof_number",
            "校验位",
        ),
        (["title"], {}, "title", "请填写所需信息的名称"),
        (["units"], {}, "units", "请至少选择一个行政机关"),
        (["name"], {}, "name", "请填写姓名或者单位名称"),
        (["proof_number", "identity_file"], {}, "proof_number", "证件号码，或者上传证件照片"),
        ([], {"proof_number": "110105194912310021"}, "proof_number", "校验位"),
        (["telephone"], {}, "telephone", "至少一项"),
        ([], {"delivery_way": "post"}, "address", "请填写通信地址"),
        ([], {"delivery_way": "email"}, "email", "请填写电子邮箱"),
        ([], {"email": "没有"}, "email", "电子邮箱的写法不对"),
        ([], {"description": "甲" * 4001}, "description", "最多 4000 字，现在有 4001 字"),
        ([], {"proof": "credit_code"}, "proof", "自然人申请的，请选择身份证件"),
        ([], {"is_proxy": "on"}, "proxy_name", "请填写受托人姓名"),
        ([], {"is_proxy": "on", "proxy_name": "甲"}, "authority_file", "请上传授权委托书"),
        ([], {"delivery_way": "鸽子"}, "delivery_way", "选择"),
        ([], {"title": "甲" * 301}, "title", "300"),
        ([], {"title": "甲\0乙"}, "title", "含有不能显示的字符"),
    ],
)
def test_a_fault_is_told_above_the_form_with_a_link_to_its_field_and_all_else_is_kept(
    fill, without, fields, where, said
):
    answer = fill(*without, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'role="alert".*?<a href="#id_{where}">[^<]*{said}', page, re.DOTALL), words(answer)[:900]
    assert f'id="id_{where}_error"' in page
    if where != "name":
        assert 'value="张晓岚"' in page
    assert "附件需要重新选择" in page
    assert not Submission.objects.exists()


def test_a_unit_that_does_not_take_applications_online_cannot_be_chosen_by_hand(fill, other_bureau):
    assert fill(units=[other_bureau.pk]).status_code == 422
    assert not Submission.objects.exists()


def test_too_many_units_are_refused(fill, monkeypatch, bureau):
    monkeypatch.setattr("gongkai.intake.forms.public_apply.MOST_UNITS", 0)
    assert "一次最多选择 0 个" in words(fill())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("证件.exe", b"MZ" + bytes(200), "不是可接收的格式"),
        ("证件.pdf", CARD.data, "与扩展名不符"),
        ("证件.txt", "机密★10年\n甲".encode(), "密级标志"),
        ("证件.png", b"", "空"),
        ("证件.png", CARD.data + bytes(putting.MOST_BYTES_EACH), "MB 的上限"),
    ],
)
def test_a_file_that_is_not_taken_is_told_at_its_field(fill, name, data, said):
    answer = fill(files=False, attachments=[SimpleUploadedFile(name, data)])
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Submission.objects.exists()


def test_a_script_asks_what_is_amiss_before_it_sends_files(fill):
    asked = {"files": False, "check": "1", "chosen": ["identity_file/证件.png"]}
    assert fill("proof_number", **asked).status_code == 204
    assert fill("proof_number", **(asked | {"chosen": []})).status_code == 422
    assert fill("proof_number", files=False, chosen=["identity_file"]).status_code == 422, "only where it is asked"
    assert not Submission.objects.exists()


def test_a_wrong_kind_of_file_is_named_with_the_other_faults_of_the_first_check(fill):
    asked = {"files": False, "check": "1", "chosen": ["identity_file/证件.exe", "attachments/图.png", "nobody/a.exe"]}
    sent = {"files": False, "identity_file": SimpleUploadedFile("证件.exe", b"MZ")}
    for given in (asked, sent):
        said = words(fill("name", "proof_number", **given))
        assert "请更正以下 2 处" in said
        assert "请填写姓名或者单位名称" in said
        assert "“证件.exe”不是可接收的格式" in said


@pytest.mark.parametrize("proof", ["id_card", "credit_code"])
def test_an_organisation_that_leaves_the_proof_as_it_stands_proves_itself_by_its_code(fill, proof):
    company = {"applicant_kind": "commercial", "name": "海岚建材有限公司", "proof": proof}
    assert "这是身份证号码" in words(fill(**company))
    assert fill(**company, proof_number="91350500MA00000000").status_code == 200
    worked()
    (applicant,) = Applicant.objects.all()
    assert applicant.proof == "credit_code"


def test_too_many_files_are_told(fill):
    answer = fill(attachments=[SimpleUploadedFile(f"{n}.png", CARD.data) for n in range(6)])
    assert "最多 5 个附件，现在选了 6 个" in words(answer)


def test_a_body_beyond_all_bounds_is_answered_before_it_is_read(client, bureau):
    answer = client.post(FORM, "x", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH=str(99 << 20))
    assert answer.status_code == 413
    assert "不能超过 20 MB" in words(answer)


@pytest.mark.parametrize(
    "data",
    [
        {f"f{number}": "x" for number in range(1500)},
        {f"f{number}": SimpleUploadedFile(f"{number}.png", b"x") for number in range(150)},
    ],
)
def test_a_bomb_of_fields_or_files_gets_a_clear_page(client, bureau, data):
    answer = client.post(FORM, data)
    assert answer.status_code == 400
    assert "栏目或者附件过多" in words(answer)


def test_long_words_alone_are_too_large(client, bureau):
    assert client.post(FORM, {"description": "x" * (3 << 20)}).status_code == 413


def test_a_request_that_is_no_form_is_answered_clearly(client, bureau):
    answer = client.post(FORM, b"--nonsense", content_type="multipart/form-data")
    assert answer.status_code == 400


def test_a_form_from_elsewhere_is_refused(bureau):
    from django.test import Client  # noqa: PLC0415 -- one that checks

    assert Client(enforce_csrf_checks=True).post(FORM, FILLED).status_code == 403


def test_uploads_never_touch_the_disk(fill, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    picture = SimpleUploadedFile("大.png", CARD.data + bytes(4 << 20))
    assert fill(attachments=[picture]).status_code == 200


def test_the_same_form_sent_twice_gets_the_same_receipt_and_is_one_application(fill):
    ticket = tickets.issue().text
    first, second = fill(ticket=ticket), fill(ticket=ticket)
    assert re.findall(r"W20240603-\w{8}", words(first)) == re.findall(r"W20240603-\w{8}", words(second))
    assert Submission.objects.count() == 1
    fill(ticket=ticket, title="另一件")
    assert Submission.objects.count() == 2


def test_the_same_form_sent_again_after_midnight_gets_the_number_that_is_kept(fill, monday, monkeypatch):
    # The pages stand still on Monday; the ticket's own time is what it is.
    monkeypatch.setattr(timezone, "localdate", lambda at=None: at.date() if at else monday.today)
    ticket = tickets.issue().text
    receipts = [fill(ticket=ticket)]
    monday.today = date(2024, 6, 4)
    receipts.append(fill(ticket=ticket))
    row = Submission.objects.get()
    for receipt in receipts:
        code = re.search(r"data-code>([^<]*)<", receipt.content.decode())[1]
        assert codes.key_of(hidden(receipt, "number"), code) == row.key
    assert row.arrived_on == MONDAY


def test_somebody_without_a_script_answers_the_sum_or_the_picture(fill):
    ticket = tickets.issue()
    figures = tickets.picture_text(ticket.name)
    assert fill(ticket=ticket.text, sum="", figures=figures).status_code == 200
    assert fill(sum="", figures="00000x").status_code == 422


def test_a_script_proves_its_work(fill):
    ticket = tickets.issue().text
    assert fill(ticket=ticket, sum="", work=worked_out(ticket)).status_code == 200
    assert fill(sum="", work="0").status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"homepage": "http://spam.example"}, "程序自动填写"),
        ({"sum": ""}, "验证没有通过"),
    ],
)
def test_a_machine_is_told_what_a_person_would_need_to_know(fill, fields, said):
    answer = fill(**fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Submission.objects.exists()


def test_a_form_that_comes_back_at_once_is_asked_again(fill, monkeypatch):
    monkeypatch.setattr(tickets, "SOONEST_SECONDS", 5)
    assert "提交得太快" in words(fill())


def test_a_page_open_for_too_long_keeps_its_words_and_gets_a_new_ticket(fill, monkeypatch):
    monkeypatch.setattr(tickets, "VALID_SECONDS", -1)
    ticket = seal(json.dumps([str(uuid.uuid4()), "A" * 16, 0]), tickets.PURPOSE)
    answer = fill("sum", ticket=ticket)
    assert answer.status_code == 422
    assert "已经失效" in words(answer)
    assert 'value="张晓岚"' in answer.content.decode()
    assert hidden(answer, "ticket") != ticket


def test_who_comes_too_often_waits_and_others_do_not(client, bureau):
    answers = [client.post(FORM, {}).status_code for _ in range(limits.FORM.address + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {422}
    assert client.post(FORM, {}, REMOTE_ADDR="198.51.100.9").status_code == 422
    assert client.get(FORM).status_code == 200, "reading is not counted"


def test_one_solved_ticket_sends_five_forms_whoever_sends_them(fill):
    ticket = tickets.issue().text
    for number in range(limits.FORMS_OF_A_TICKET):
        assert fill(ticket=ticket, files=False, check="1").status_code == 204, "asking does not use it up"
        assert fill(ticket=ticket, title=f"第{number}件").status_code == 200
    answer = fill(ticket=ticket, title="再一件")
    assert answer.status_code == 422
    assert "须重新验证" in words(answer)
    assert 'value="张晓岚"' in answer.content.decode()
    assert fill(ticket=hidden(answer, "ticket"), title="再一件").status_code == 200
    assert Submission.objects.count() == limits.FORMS_OF_A_TICKET + 1


def test_a_whole_network_is_counted_together(client, bureau):
    answers = [
        client.post(FORM, {}, REMOTE_ADDR=f"2001:db8:0:{number:x}::1").status_code
        for number in range(limits.FORM.network + 1)
    ]
    assert answers[-2:] == [422, 429]


def test_nobody_fills_the_disk_with_many_forms(fill):
    heavy = CARD.data + bytes(9 << 20)
    answers = [fill(attachments=[SimpleUploadedFile(f"{n}.png", heavy) for n in range(2)]) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert "附件过多" in words(answers[-1])


def test_no_address_is_kept_in_the_counts(client, bureau):
    client.post(FORM, {}, REMOTE_ADDR="198.51.100.77")
    assert "198.51.100" not in str(limits.counter.__dict__)


def test_the_code_typed_back_confirms_once(fill, client):
    receipt = fill()
    number, proof = hidden(receipt, "number"), hidden(receipt, "seal")
    code = re.search(r"data-code>([^<]*)<", receipt.content.decode())[1]
    wrong = client.post("/apply/confirm/", {"number": number, "seal": proof, "code": "AAAA-AAAA-AAAA-AAAA"})
    assert wrong.status_code == 422
    assert code not in wrong.content.decode(), "it was shown once"
    for _ in range(2):
        answer = client.post(
            "/apply/confirm/", {"number": number, "seal": proof, "code": code.lower().replace("-", " ")}
        )
        assert "由双方确认收到" in words(answer)
    worked()
    application = Application.objects.get()
    assert (application.stage, application.started_on, application.due_on) == (Stage.OPEN, MONDAY, date(2024, 7, 2))
    assert client.post("/apply/confirm/", {"number": number, "seal": "x", "code": code}).status_code == 422


def test_nothing_personal_stands_in_an_address_or_a_log(fill, client, caplog):
    caplog.set_level(logging.DEBUG)
    receipt = fill()
    code = re.search(r"data-code>([^<]*)<", receipt.content.decode())[1]
    fill("units")
    worked()
    Submission.objects.create(kind="application", content="坏", arrived_on=MONDAY, arrived_at="2024-06-03T00:00Z")
    worked()
    assert not [secret for secret in (*PERSONAL, code, hidden(receipt, "number")) if secret in caplog.text]
    for answer in (receipt, fill("units")):
        assert answer["Cache-Control"] == "no-store"
        targets = re.findall(r'(?:href|src|action)="([^"]*)"', answer.content.decode())
        assert not [one for one in targets if code in one or "W2024" in one or "张" in unescaped(one)]


def unescaped(text):
    from urllib.parse import unquote  # noqa: PLC0415 -- used once

    return unquote(text)


def test_the_picture_is_drawn_here_and_differs_from_page_to_page(client):
    one, other = tickets.issue(), tickets.issue()
    pictures = [client.get(f"/apply/picture/{ticket.name}.png") for ticket in (one, other)]
    assert pictures[0]["Content-Type"] == "image/png"
    assert pictures[0].content != pictures[1].content
    assert pictures[0].content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("said", "value"),
    [("十一", 11), ("11", 11), ("１１", 11), ("二十", 20), ("二十一。", 21), ("七", 7), ("十十", None), ("", None)],
)
def test_a_sum_is_answered_in_figures_or_words(said, value):
    assert tickets._number(said) == value


def test_every_sum_can_be_said_in_words():
    for _ in range(300):
        ticket = tickets.issue()
        total = sum(tickets._summands(ticket.name))
        tens, ones = divmod(total, 10)
        said = ("", "十", "二十")[tens] + ("" if tens and not ones else "零一二三四五六七八九"[ones])
        assert ticket.is_answered("", said)
        assert not ticket.is_answered("", str(total + 1))


def test_a_ticket_of_another_installation_is_none(settings):
    ticket = tickets.issue().text
    settings.FIELD_KEYS = ["99" * 32]
    with pytest.raises(tickets.StaleTicketError):
        tickets.opened(ticket)


def test_somebody_who_cannot_write_leaves_a_number(client, bureau):
    page = client.get("/apply/help/")
    ticket = hidden(page, "ticket")
    fields = {"unit": bureau.pk, "telephone": "0599 1234567", "name": "老王", "wish": "上午", "ticket": ticket}
    assert client.post("/apply/help/", fields | {"telephone": "12"}).status_code == 422
    answer = client.post("/apply/help/", fields | answered(ticket))
    assert "请等电话" in words(answer)
    worked()
    assert Callback.objects.get().unit == bureau


def test_who_found_it_is_counted_once_a_page(client):
    ticket = tickets.issue().text
    for given in (ticket, ticket, "made up"):
        answer = client.post("/apply/found/", {"ticket": given})
        assert "很高兴您找到了" in words(answer)
    worked()
    assert Found.objects.get().count == 1


def test_without_an_index_nothing_is_suggested_and_nothing_breaks(client, bureau):
    assert client.post("/apply/alike/", {"q": "河道采砂"}).content.strip() == b""


def test_a_form_costs_few_queries_however_many_units(client, bureau, city, django_assert_num_queries):
    from builders.city import unit  # noqa: PLC0415 -- used once
    from intake.test_taking import open_guide  # noqa: PLC0415 -- the same

    with django_assert_num_queries(2):
        client.get(FORM)
    for number in range(3):
        open_guide(unit(f"HL-1{number}", f"海岚市第{number}局", city))
    with django_assert_num_queries(2):
        client.get(FORM)


def test_a_queue_that_was_taken_keeps_no_file(fill):
    fill()
    assert SubmissionFile.objects.count() == 1
    worked()
    assert Submission.objects.get().state == State.TAKEN
    assert not SubmissionFile.objects.exists()
