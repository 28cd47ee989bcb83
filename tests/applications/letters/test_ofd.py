"""A letter comes back as a sealed OFD: whole, by the office's seal, with the letter's words, or not at all."""

import io
import re
from datetime import date

import pytest
from PIL import Image

from builders import ofd
from gongkai.applications.domain import letters_ofd, letters_sealing, letters_sending
from gongkai.applications.errors import ChangedMeanwhileError, NotAuthorisedError
from gongkai.applications.errors_letters import LetterStateError, OtherTextError, SealMissingError, SealRefusedError
from gongkai.applications.letters import likeness
from gongkai.applications.models import Letter, LetterState, SealEntry, Serial
from gongkai.applications.seals import registry
from gongkai.applications.seals.memory import MemorySeal
from gongkai.applications.seals.port import SealError
from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import Blob
from gongkai.journal.models import Entry

seals = pytest.importorskip("builders.seals", reason="asn1crypto is not installed (gongkai[seal])")

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 19)
PAGE = "Doc_0/Pages/Page_0/Content.xml"


@pytest.fixture(scope="module")
def client():
    """The seal client of the city."""
    return seals.Client()


@pytest.fixture
def folder(settings, tmp_path, client):
    """Let the installation know the certificate of the bureau's seal."""
    settings.SEALS, settings.SEAL = str(tmp_path / "seals"), ""
    (tmp_path / "seals").mkdir()
    (tmp_path / "seals" / "HL-012.cer").write_bytes(client.key.certificate.der)
    return tmp_path / "seals"


@pytest.fixture
def numbered(staff, stationery, approved, folder, receive):
    """Take a letter to where it has its number and waits for its OFD."""

    def made(kind="extension_notice", **more):
        letter = approved(receive(), kind, DAY, **more)
        return letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="ofd")

    return made


def bring(letter, data, user, *, name="告知书.ofd", **more):
    return letters_ofd.ofd_back(letter=letter, data=data, name=name, user=user, today=DAY, **more)


def converted(letter):
    return seals.ofd_of(store.read(letter.pdf))


def refused(letter, data, user, error, match):
    """Bring a file that must not be taken: nothing of it stays."""
    before = (Blob.objects.count(), SealEntry.objects.count())
    with pytest.raises(error, match=match):
        bring(letter, data, user)
    assert Letter.objects.get(pk=letter.pk).sealed_copy is None
    assert (Blob.objects.count(), SealEntry.objects.count()) == before


def test_a_sealed_ofd_is_kept_entered_and_sent(numbered, client, staff):
    letter = numbered()
    sealed = client.seal(converted(letter).data())
    letter = bring(letter, sealed, staff.handler)
    assert (store.read(letter.sealed_copy), letter.sealed_copy.kind) == (sealed, "ofd")
    entries = [(entry.get_act_display(), entry.get_medium_display(), entry.note) for entry in SealEntry.objects.all()]
    note = f"印章“海岚市水利局”，证书“海岚市水利局”（指纹 {client.key.certificate.fingerprint}）"
    medium = "OFD 电子印章"
    assert entries == [("交客户端签章", medium, ""), ("OFD 签章件传回", medium, note)]
    written = Entry.objects.get(act__contains="letter_ofd_returned")
    assert client.key.certificate.fingerprint in str(written.detail)
    letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY, mode="direct")
    letter = Letter.objects.get()
    assert letter.state == LetterState.DELIVERED
    assert (letter.event.evidence, letter.event.evidence_name[-4:]) == (letter.sealed_copy, ".ofd")


def test_every_kind_of_answer_reads_the_same_as_ofd(numbered, client, staff):
    for kind in ("granted", "partial", "reasons_request"):
        letter = numbered(kind)
        assert bring(letter, client.seal(converted(letter).data()), staff.handler).sealed_copy is not None


def test_without_its_ofd_the_letter_does_not_leave(numbered, staff):
    with pytest.raises(SealMissingError, match="签章后的 OFD"):
        letters_sending.send(letter=numbered(), day=DAY, user=staff.handler, today=DAY, mode="direct")


def test_where_no_certificate_is_known_no_number_is_given(receive, approved, staff, stationery, settings, folder):
    letter = approved(receive(), "extension_notice", DAY)
    (folder / "HL-012.cer").unlink()
    with pytest.raises(SealError, match=r"HL-012\.cer"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="ofd")
    settings.SEALS = ""
    with pytest.raises(SealError, match="GONGKAI_SEALS"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="ofd")
    (folder / "HL-012.cer").write_bytes(b"text")
    settings.SEALS = str(folder)
    with pytest.raises(SealError, match="无法识别"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="ofd")
    assert Serial.objects.filter(key__startswith="letter:").count() == 0


def test_what_was_tampered_with_is_refused(numbered, client, staff):
    letter = numbered()
    made = converted(letter)
    sealed = client.seal(made.data())
    value, signature = "Doc_0/Signs/Sign_0/SignedValue.dat", "Doc_0/Signs/Sign_0/Signature.xml"
    twice = {
        "Doc_0/Signs/Signatures.xml": lambda data: data.replace(
            b"</ofd:Signatures>", b'<ofd:Signature ID="2" Type="Seal" BaseLoc="Sign_1/Signature.xml"/></ofd:Signatures>'
        ),
        "Doc_0/Signs/Sign_1/Signature.xml": seals.members(sealed)[signature],
        "Doc_0/Signs/Sign_1/SignedValue.dat": seals.members(sealed)[value],
    }

    def swapped(data):
        first, second, *rest = data.split(b"<ofd:CheckValue>")
        (one, after), (other, end) = first_of(second), first_of(rest[0])
        return b"<ofd:CheckValue>".join([first, other + after, one + end, *rest[1:]])

    def first_of(text):
        return text[:44], text[44:]

    handler = staff.handler
    refused(letter, made.data(), handler, SealRefusedError, "没有签章")
    space = {PAGE: lambda data: data.replace(b"><", b"> <", 1)}
    refused(letter, seals.changed(sealed, space), handler, SealRefusedError, PAGE)
    unreferenced = {"Doc_0/Pages/Page_9/Content.xml": ofd.page("")}
    refused(letter, seals.changed(sealed, unreferenced), handler, SealRefusedError, "Page_9")
    refused(letter, seals.changed(sealed, {signature: swapped}), handler, SealRefusedError, "摘要不符")
    refused(letter, seals.changed(sealed, twice), handler, SealRefusedError, "2 个签名")
    refused(letter, seals.Client().seal(made.data()), handler, SealRefusedError, "不是本机关登记的印章证书")


def test_another_text_is_refused_with_what_differs(numbered, client, staff):
    letter = numbered()

    def sealed_with(old, new):
        made = converted(letter)
        assert old in "".join(made.pages)
        made.pages = [page.replace(old, new) for page in made.pages]
        return client.seal(made.data())

    said = {
        ("〔2024〕1号", "〔2024〕7号"): "“〔2024〕”之后，定稿的“1”成了“7”",
        ("告知书", "告知"): "“延期答复告知”之后缺少“书”",
        ("告知书", "告知书（草稿）"): "“期答复告知书”之后多出“(草稿)”",
        ("海岚市水利局", "岚市水利局"): "开头缺少“海”",
    }
    for (old, new), words in said.items():
        refused(letter, sealed_with(old, new), staff.handler, OtherTextError, re.escape(words))


def test_the_name_of_the_addressee_is_not_told(numbered, client, staff):
    letter = numbered()
    made = converted(letter)
    made.pages = [page.replace("张晓岚", "李四") for page in made.pages]
    with pytest.raises(OtherTextError, match=re.escape("定稿的“***”成了“李四”")) as caught:
        bring(letter, client.seal(made.data()), staff.handler)
    assert "张" not in str(caught.value)


def test_the_ofd_of_another_letter_is_refused(numbered, client, staff):
    first, second = numbered(), numbered("granted")
    other = client.seal(converted(second).data())
    refused(first, other, staff.handler, OtherTextError, f"与 {first.number} 的定稿不一致.*另有")


def test_what_lies_over_or_beside_the_pages_is_refused(numbered, client, staff):
    letter = numbered()
    made = converted(letter)
    made.document = (
        "<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    )
    empty = {
        "Doc_0/Annots.xml": ofd.element("Annotations", ""),
        "Doc_0/Attachs/Attachments.xml": ofd.element("Attachments", ""),
    }
    made.members = empty
    assert likeness.differences(made.data(), store.read(letter.pdf)) == []
    note = '<ofd:Page PageID="1"><ofd:FileLoc>Annot.xml</ofd:FileLoc></ofd:Page>'
    made.members = {
        "Doc_0/Annots.xml": ofd.element("Annotations", note),
        "Doc_0/Annot.xml": ofd.element("PageAnnot", ofd.text(30, 30, "作废")),
        "Doc_0/Attachs/Attachments.xml": ofd.element("Attachments", '<ofd:Attachment ID="1" Name="a"/>'),
    }
    refused(letter, client.seal(made.data()), staff.handler, OtherTextError, "批注或者水印.*附件")
    made.members = {}
    refused(letter, client.seal(made.data()), staff.handler, OtherTextError, "页面不能读取")


def test_pictures_and_glyphs_that_cannot_be_read_are_refused(numbered, client, staff):
    letter = numbered()
    made = converted(letter)
    made.pages[0] += '<ofd:ImageObject ID="8" ResourceID="9" Boundary="0 0 200 280"/>'
    made.pages[0] += ofd.text(30, 280, "¤", glyphs="5")
    refused(letter, client.seal(made.data()), staff.handler, OtherTextError, "大幅图像.*1 个字的字体没有注明文字")


def test_page_numbers_and_ends_of_lines_do_not_count(numbered, client, staff):
    letter = numbered()
    made = converted(letter)
    made.pages[0] += ofd.text(100, 290, "— 1 —")
    assert likeness.differences(made.data(), store.read(letter.pdf)) == []


def test_a_long_text_is_compared_up_to_where_it_parts(numbered, monkeypatch):
    letter = numbered()
    monkeypatch.setattr(likeness, "_COMPARED", 50)
    made = converted(letter)
    made.pages.append(ofd.text(30, 30, "附页"))
    assert likeness.differences(made.data(), store.read(letter.pdf)) == ["“00000)”之后多出“附页”"]


def test_what_is_no_ofd_or_for_another_seal_is_refused(numbered, client, staff, sealed, receive, folder):
    letter = numbered()
    data = client.seal(converted(letter).data())
    with pytest.raises(FileRefusedError):
        bring(letter, data, staff.handler, name="告知书.pdf")
    with pytest.raises(SealMissingError, match="不是 OFD"):
        bring(letter, store.read(letter.pdf), staff.handler, name="告知书.pdf")
    refused(letter, ofd.zipped({"OFD.xml": ofd.element("OFD", "")}), staff.handler, SealRefusedError, "几份文档")
    with pytest.raises(SealMissingError, match="不收扫描件"):
        letters_sealing.scan_back(letter=letter, data=scan(), name="扫描.png", user=staff.handler, today=DAY)
    with pytest.raises(SealMissingError, match="不是 OFD 电子印章"):
        bring(sealed(receive(), "granted", DAY), data, staff.handler)


def scan():
    stream = io.BytesIO()
    Image.new("L", (60, 85), 255).save(stream, "PNG")
    return stream.getvalue()


def test_only_who_handles_the_case_brings_it_once_it_has_its_number(
    numbered, client, staff, stranger, drafted, receive
):
    letter = numbered()
    data = client.seal(converted(letter).data())
    with pytest.raises(NotAuthorisedError):
        bring(letter, data, stranger)
    with pytest.raises(ChangedMeanwhileError):
        bring(letter, data, staff.handler, seen=letter.version - 1)
    with pytest.raises(LetterStateError):
        bring(drafted(receive(), "extension_notice", DAY), data, staff.handler)


def test_an_installation_whose_seal_takes_ofd_seals_it_itself(numbered, client, staff, settings):
    registry.register("client", lambda: client)
    settings.SEAL = "client"
    letter = numbered()
    unsealed = converted(letter).data()
    letter = bring(letter, unsealed, staff.handler, is_unsealed=True)
    kept = store.read(letter.sealed_copy)
    assert kept != unsealed
    assert seals.members(kept)[PAGE] == seals.members(unsealed)[PAGE]
    assert not Blob.objects.filter(size=len(unsealed)).exists()


def test_an_installation_without_such_a_seal_says_so(numbered, staff, settings):
    letter = numbered()
    unsealed = converted(letter).data()
    with pytest.raises(SealMissingError, match="没有接入能为 OFD 签章"):
        bring(letter, unsealed, staff.handler, is_unsealed=True)
    registry.register("memory", MemorySeal)
    settings.SEAL = "memory"
    with pytest.raises(SealMissingError, match="没有接入能为 OFD 签章"):
        bring(letter, unsealed, staff.handler, is_unsealed=True)
    with pytest.raises(SealError, match="不能为 OFD"):
        MemorySeal().sign(unsealed, unit="HL-012", document=None, kind="ofd")


def test_a_file_that_is_sealed_is_not_sealed_again(numbered, client, staff, settings):
    registry.register("client", lambda: client)
    settings.SEAL = "client"
    letter = numbered()
    with pytest.raises(SealRefusedError, match="已经签章"):
        bring(letter, client.seal(converted(letter).data()), staff.handler, is_unsealed=True)
