"""The OFD of a letter, brought back on its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from builders import ofd
from gongkai.applications.models import Letter, SealEntry
from gongkai.applications.seals import registry
from gongkai.files.domain import store

seals = pytest.importorskip("builders.seals", reason="asn1crypto is not installed (gongkai[seal])")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sealer():
    """The seal client of the city."""
    return seals.Client()


@pytest.fixture
def folder(settings, tmp_path, sealer):
    """Let the installation know the certificate of the bureau's seal."""
    settings.SEALS, settings.SEAL = str(tmp_path), ""
    (tmp_path / "HL-012.cer").write_bytes(sealer.key.certificate.der)
    return tmp_path


@pytest.fixture
def numbered(folder, receive, approved, staff, stationery, today, browse):
    """Give a letter its number on its page."""
    letter = approved(receive(), "extension_notice", today)
    data = {"seen": letter.version, "medium": "ofd", "copies": 2}
    assert "岚水公开告〔2024〕1号" in text(browse(staff.handler, at(letter, "seal"), data))
    return Letter.objects.get(pk=letter.pk)


def text(response):
    return response.content.decode()


def at(letter, act=""):
    return f"/office/applications/letters/{letter.pk}/{f'{act}/' if act else ''}"


def upload(letter, data, **more):
    return {"seen": letter.version, "file": SimpleUploadedFile("告知书.ofd", data, "application/ofd"), **more}


def made(letter):
    return seals.ofd_of(store.read(letter.pdf))


def test_an_ofd_is_offered_refused_with_reasons_and_taken(numbered, sealer, browse, staff):
    page = text(browse(staff.handler, at(numbered)))
    assert "签章后的 OFD" in page
    assert 'id="act-scan"' not in page
    assert "尚未签章" not in page
    assert "待签章传回" in text(browse(staff.handler, "/office/applications/letters/run/"))
    unsigned = browse(staff.handler, at(numbered, "ofd"), upload(numbered, made(numbered).data()))
    assert (unsigned.status_code, "OFD 没有签章" in text(unsigned)) == (422, True)
    other = made(numbered)
    other.pages[0] += ofd.text(30, 250, "另附意见")
    wrong = browse(staff.handler, at(numbered, "ofd"), upload(numbered, sealer.seal(other.data())))
    assert (wrong.status_code, "多出“另附意见”" in text(wrong)) == (422, True)
    sealed = sealer.seal(made(numbered).data())
    taken = text(browse(staff.handler, at(numbered, "ofd"), upload(numbered, sealed)))
    assert "OFD 已入卷" in taken
    assert "用印件（OFD）" in taken
    assert "印章“海岚市水利局”" in taken
    answer = browse(staff.handler, at(numbered, "file/sealed"))
    assert (answer.content, answer["Content-Type"]) == (sealed, "application/ofd")
    register = text(browse(staff.auditor, "/office/applications/letters/seals/?year=2024"))
    assert register.index("OFD 签章件传回") < register.index("交客户端签章")
    assert "OFD 电子印章" in register


def test_whoever_has_a_seal_for_ofd_is_offered_to_seal_here(numbered, sealer, browse, staff, settings):
    registry.register("client", lambda: sealer)
    settings.SEAL = "client"
    assert "尚未签章，由本系统的电子印章签章" in text(browse(staff.handler, at(numbered)))
    data = upload(numbered, made(numbered).data(), is_unsealed="on")
    assert "OFD 已入卷" in text(browse(staff.handler, at(numbered, "ofd"), data))
    settings.SEAL = "stone"
    assert browse(staff.handler, at(numbered)).status_code == 200


def test_a_file_that_is_missing_is_asked_for(numbered, browse, staff):
    assert browse(staff.handler, at(numbered, "ofd"), {"seen": numbered.version}).status_code == 422
    assert SealEntry.objects.count() == 1


def test_without_a_certificate_nobody_gets_a_number_for_an_ofd(
    folder, receive, approved, staff, stationery, today, browse
):
    letter = approved(receive(), "extension_notice", today)
    (folder / "HL-012.cer").unlink()
    data = {"seen": letter.version, "medium": "ofd", "copies": 2}
    assert "没有登记机构 HL-012 的印章证书" in text(browse(staff.handler, at(letter, "seal"), data))
    assert Letter.objects.get(pk=letter.pk).number == ""
