"""Every kind of letter of both editions says what the law wants in it, in Word and in PDF."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from gongkai.applications.letters import pdf, word, wording
from gongkai.applications.letters.composing import AnswerPart, Contents, compose
from gongkai.applications.letters.document import Document, chinese_day
from gongkai.applications.letters.kinds import is_answer, nature
from gongkai.law.letters import letter, letters
from gongkai.law.outcomes import outcomes

KINDS = [(regulation, law.key) for regulation in ("2019", "2008") for law in letters(regulation)]
GIVEN = {
    "you": "您",
    "receipt": "本机关于2024年2月5日收到您以当面提交方式提出的政府信息公开申请（受理编号：HL-012-2024-00007）",
    "request": "申请公开的内容为：2023年河道采砂许可台账。",
    "request_bare": "2023年河道采砂许可台账",
    "receipt_number": "HL-012-2024-00007",
    "received": "2024年2月5日",
    "channel": "当面提交",
    "contact": "水利局办公室，0599-0000000",
    "classification": "",
    "addressee": "张晓岚",
    "address": "海岚市滨海路8号",
    "letter": "《政府信息部分公开告知书》（岚水公开复〔2024〕3号）",
    "copies": "1份",
    "mail": "EX123456789CN",
    "proposal": "拟部分公开",
    "reason": "公众普遍关注",
    "about": "海岚市自来水公司",
}
DAY = date(2024, 3, 5)
FACES = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


def made(regulation, kind, **changes):
    """Return a letter of the kind with a word of its own in every field."""
    fields = wording.fields_of(kind, regulation)
    said = {key: f"所填之{place}：{caption}" for place, (key, caption) in enumerate(fields.items())}
    answers = is_answer(kind, regulation)
    contents = Contents(
        kind=kind,
        regulation=regulation,
        agency="海岚市水利局",
        addressee="张晓岚",
        values=GIVEN if answers else GIVEN | said,
        parts=(AnswerPart(kind, values=said),) if answers else (),
        remedy="如对本告知书不服，可以申请行政复议。" if letter(kind, regulation).carries_remedy else "",
        contact="联系人：水利局办公室　电话：0599-0000000",
    )
    document = compose(replace(contents, **changes), wording.shipped(regulation))
    return document.numbered("岚水公开复〔2024〕3号", DAY), said


def words_of_pdf(data):
    pages = pypdfium2.PdfDocument(data)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in pages))


def words_of_docx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return re.sub(r"<[^>]+>|\s", "", package.read("word/document.xml").decode())


@pytest.mark.parametrize(("regulation", "kind"), KINDS, ids=lambda value: value)
def test_a_letter_says_everything_the_law_names(regulation, kind):
    document, said = made(regulation, kind)
    law = letter(kind, regulation)
    for words in (words_of_pdf(pdf.write([document])), words_of_docx(word.write(document))):
        assert "未填" not in words
        missing = [value for value in said.values() if value not in words]
        assert missing == []
        assert law.title in words
        if not document.rows:
            assert ("海岚市水利局", "2024年3月5日" in words) == ("海岚市水利局", True)
        if law.audience == "applicant":
            assert "张晓岚：" in words
            assert "2023年河道采砂许可台账" in words
        assert ("可以申请行政复议" in words) == law.carries_remedy


@pytest.mark.parametrize(("regulation", "kind"), KINDS, ids=lambda value: value)
def test_every_shipped_wording_would_be_taken_from_an_office(regulation, kind):
    shipped = wording.shipped(regulation)[kind]
    if shipped.rows:
        assert nature(kind, regulation) is None
    else:
        wording.check(kind, regulation, shipped.paragraphs)
        wording.check(wording.FRAME, regulation, wording.shipped(regulation)[wording.FRAME].paragraphs)


@pytest.mark.parametrize("regulation", ["2019", "2008"])
def test_every_outcome_has_a_letter_that_answers(regulation):
    assert all(is_answer(one.letter, regulation) for one in outcomes(regulation))


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("因{reason}延期。",), "新的|延长后的答复日期"),
        (("{receipt}因{reason}，经{approver}同意延期至{new_due}。{address}",), "address"),
        (("因{reason}，经{approver}同意延期至{new_due。",), "花括号"),
    ],
)
def test_a_wording_that_cannot_serve_is_refused(paragraphs, words):
    with pytest.raises(wording.WordingError, match=words):
        wording.check("extension_notice", "2019", paragraphs)


def test_the_same_letter_always_gives_the_same_bytes():
    document, _ = made("2019", "refused")
    again = Document.from_json(document.to_json())
    assert again == document
    assert (pdf.write([again]), word.write(again)) == (pdf.write([document]), word.write(document))


def test_several_parts_stand_under_headings_of_their_own():
    parts = (
        AnswerPart("granted", "第1项", {"delivered": "台账1份"}),
        AnswerPart("not_existing", "", {"search": "检索了档案室\n检索了业务系统"}),
    )
    document, _ = made("2019", "granted", parts=parts)
    headings = [one.text for one in document.paragraphs if one.is_heading]
    assert headings == ["一、关于第1项", "二、关于第2项"]
    assert [one.text for one in document.paragraphs].count("检索了业务系统") == 1


def test_a_field_inside_a_sentence_is_joined_and_loses_its_last_stop():
    found = wording.fill("理由：{reason}。依据见{reason}", {"reason": "涉及商业秘密。\n企业不同意。"}, {})
    assert found == ["理由：涉及商业秘密；企业不同意。依据见涉及商业秘密；企业不同意。"]


@pytest.mark.parametrize(
    ("addressee", "lines", "pages"),
    [
        ("张晓岚", 1, 1),
        ("海岚市滨海新区第一水利水电工程建设开发投资集团有限责任公司（联合体牵头单位）", 1, 1),
        ("张晓岚", 300, 14),
    ],
)
def test_long_names_and_long_lists_break_where_they_should(addressee, lines, pages):
    said = {"delivered": "\n".join(f"{number}．第{number}号采砂许可证复印件1份；" for number in range(1, lines + 1))}
    document, _ = made("2019", "granted", addressee=addressee, parts=(AnswerPart("granted", values=said),))
    found = pypdfium2.PdfDocument(pdf.write([document]))
    last = found[len(found) - 1].get_textpage().get_text_bounded()
    assert len(found) in range(pages, pages + 2)
    # The seal never stands on a page without text.
    assert "可以申请行政复议" in last.replace("\n", "").replace("\r", "")
    assert chinese_day(DAY) in re.sub(r"\s", "", last)


def test_rare_characters_are_named_and_a_face_that_has_them_is_taken(tmp_path):
    document, _ = made("2019", "granted", addressee="张㼆")
    with pytest.raises(pdf.MissingGlyphError, match=r"㼆（U\+3F06）.*fonts 文件夹"):
        pdf.write([document])
    with pytest.raises(pdf.MissingGlyphError):
        pdf.write([document], fonts=tmp_path)
    if not FACES.is_file():
        pytest.skip("the faces of fonts-noto-cjk are not installed")
    (tmp_path / FACES.name).symlink_to(FACES)
    assert "张㼆：" in words_of_pdf(pdf.write([document], fonts=tmp_path))


def test_a_run_begins_every_letter_on_a_front_page_with_number_one():
    document, _ = made("2019", "granted")
    found = pypdfium2.PdfDocument(pdf.write([document, document, document], double_sided=True))
    assert len(found) == 5
    assert [index for index in range(5) if "张晓岚" in found[index].get_textpage().get_text_bounded()] == [0, 2, 4]
    assert "— 1 —" in found[2].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("海岚市水利局", ("海岚市水利局",)),
        (
            "海岚市滨海新区管理委员会自然资源和规划建设局",
            ("海岚市滨海新区管理委员会", "自然资源和规划建设局"),
        ),
        ("海岚市城市地下综合管廊建设运营管理中心服务站", ("海岚市城市地下综合管廊", "建设运营管理中心服务站")),
    ],
)
def test_a_long_name_of_an_agency_is_broken_where_a_body_ends(agency, lines):
    document, _ = made("2019", "not_corrected", agency=agency)
    assert document.title == (*lines, "政府信息公开申请不再处理告知书", "（逾期不补正）")
