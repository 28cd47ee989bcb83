"""A signature counts only where everything is under it, and it is the office's."""

import base64
import hashlib
import io
import random
import re
import zipfile
from datetime import UTC, date, datetime

import pytest

from builders import ofd, sm2
from builders.seals import NOW, Client, changed, members, short
from gongkai.applications.seals.ofd import digests, errors, making, sealing, verifying

DAY = date(2024, 2, 19)
PAGE = "Doc_0/Pages/Page_0/Content.xml"
SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml"
LISTING = "Doc_0/Signs/Signatures.xml"
VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat"


@pytest.fixture(scope="module")
def client():
    return Client()


@pytest.fixture(scope="module")
def signed(client):
    return client.seal(short().data())


def verify(data, client, *, day=DAY):
    return verifying.verify(data, known=[client.key.certificate], day=day)


def signing(data, client, rewrite, *, more=None):
    """Sign again what ``rewrite`` makes of the signature's own file: a client that works in another way."""
    text = rewrite(members(data)[SIGNATURE].decode()).encode()
    seal = making.seal_of("海岚市水利局", b"", signer=client.key.certificate, maker=client.maker, now=NOW)
    value = making.sealed(text, f"/{SIGNATURE}", seal=seal, key=client.key, now=NOW)
    return changed(data, {SIGNATURE: text, VALUE: value} | (more or {}))


def test_a_file_that_was_sealed_whole_is_proved(signed, client):
    proof = verify(signed, client)
    assert (proof.seal, proof.signer.subject, proof.files) == ("海岚市水利局", "海岚市水利局", 3)
    assert proof.words == f"印章“海岚市水利局”，证书“海岚市水利局”（指纹 {client.key.certificate.fingerprint}）"


def test_the_stamp_covers_the_date(signed):
    box = re.search(r'Boundary="([\d. ]+)"', members(signed)[SIGNATURE].decode())[1]
    x, y, width, height = map(float, box.split())
    assert x < 130 < x + width
    assert y < 203 < y + height


@pytest.mark.parametrize("name", [PAGE, "Doc_0/Document.xml", "OFD.xml"])
def test_one_changed_file_is_named(signed, client, name):
    with pytest.raises(errors.ChangedError, match=re.escape(name)):
        verify(changed(signed, {name: lambda data: data.replace(b"><", b"> <", 1)}), client)


def test_a_file_that_is_gone_is_named(signed, client):
    with pytest.raises(errors.ChangedError, match=f"缺少.*{PAGE}"):
        verify(changed(signed, {PAGE: None}), client)


def test_a_page_that_nothing_refers_to_is_named(signed, client):
    added = "Doc_0/Pages/Page_1/Content.xml"
    with pytest.raises(errors.UnprotectedError, match=added):
        verify(changed(signed, {added: ofd.page("")}), client)
    many = {f"Doc_0/Res/{number}.png": b"x" for number in range(7)}
    with pytest.raises(errors.UnprotectedError, match="等 7 个不在"):
        verify(changed(signed, many), client)


def test_swapped_digests_are_noticed(signed, client):
    def swapped(data):
        first, second, *_ = re.findall(rb"<ofd:CheckValue>.*?</ofd:CheckValue>", data)
        return data.replace(first, b"@").replace(second, first).replace(b"@", second)

    with pytest.raises(errors.ChangedError):
        verify(changed(signed, {SIGNATURE: swapped}), client)


def test_a_digest_made_to_fit_a_changed_page_is_no_longer_signed(signed, client):
    other = ofd.page(ofd.text(30, 30, "另一件文书")).encode()
    right, wrong = (base64.b64encode(digests.digest("sm3", data)) for data in (members(signed)[PAGE], other))
    forged = changed(signed, {PAGE: other, SIGNATURE: lambda data: data.replace(right, wrong)})
    with pytest.raises(errors.WrongValueError, match="签名清单"):
        verify(forged, client)


def test_the_value_of_another_file_proves_nothing(signed, client):
    other = client.seal(ofd.Ofd([ofd.text(30, 30, "2024年2月19日")]).data())
    with pytest.raises(errors.WrongValueError):
        verify(changed(signed, {VALUE: members(other)[VALUE]}), client)


def test_two_signatures_are_one_too_many(signed, client):
    def doubled(data):
        entry = re.search(rb"<ofd:Signature .*?/>", data)[0]
        return data.replace(entry, entry * 2)

    with pytest.raises(errors.SeveralSignaturesError, match="2 个签名"):
        verify(changed(signed, {LISTING: doubled}), client)
    with pytest.raises(errors.SeveralSignaturesError, match="已经签章"):
        client.seal(signed)


def test_no_signature_is_said(client):
    with pytest.raises(errors.UnsignedError, match="没有签章"):
        verify(short().data(), client)
    empty = {LISTING: ofd.element("Signatures", "")}
    named = short()
    named.body = f"<ofd:Signatures>{LISTING}</ofd:Signatures>"
    with pytest.raises(errors.UnsignedError):
        verify(changed(named.data(), empty), client)


@pytest.mark.parametrize("method", ["MD5", "SHA1", "1.3.14.3.2.26"])
def test_digests_that_can_be_forged_are_refused(signed, client, method):
    data = signing(signed, client, lambda text: text.replace(f'CheckMethod="{digests.SM3}"', f'CheckMethod="{method}"'))
    with pytest.raises(errors.WeakDigestError, match="SM3"):
        verify(data, client)


def test_no_method_at_all_means_md5_and_is_refused(signed, client):
    data = signing(signed, client, lambda text: text.replace(f' CheckMethod="{digests.SM3}"', ""))
    with pytest.raises(errors.WeakDigestError, match="MD5"):
        verify(data, client)


def test_a_method_nobody_knows_is_refused(signed, client):
    data = signing(signed, client, lambda text: text.replace(f'CheckMethod="{digests.SM3}"', 'CheckMethod="crc"'))
    with pytest.raises(errors.WeakDigestError, match="crc"):
        verify(data, client)


@pytest.mark.parametrize("name", ["sha256", "2.16.840.1.101.3.4.2.1", "SM3"])
def test_other_names_of_good_digests_are_taken(signed, client, name):
    files = members(signed)

    def again(text):
        for data in files.values():
            own = base64.b64encode(digests.digest(name, data)).decode()
            text = text.replace(base64.b64encode(digests.digest("sm3", data)).decode(), own)
        return text.replace(f'CheckMethod="{digests.SM3}"', f'CheckMethod="{name}"')

    assert verify(signing(signed, client, again), client).files == 3


def test_the_entry_may_stand_outside_as_many_clients_leave_it(signed, client):
    def without(text):
        return re.sub(r'<ofd:Reference FileRef="/OFD.xml">.*?</ofd:Reference>', "", text)

    data = signing(signed, client, without)
    assert verify(data, client).files == 2
    with pytest.raises(errors.ContainerError, match="不是 Document"):
        verify(changed(data, {"OFD.xml": lambda data: data.replace(b"Doc_0/Document.xml", LISTING.encode())}), client)


def test_a_seal_in_a_file_of_its_own_is_no_content(signed, client):
    def with_seal(path):
        return lambda text: text.replace(
            "</ofd:SignedInfo>", f"<ofd:Seal><ofd:BaseLoc>{path}</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        )

    own = signing(signed, client, with_seal("Seal.esl"), more={"Doc_0/Signs/Sign_0/Seal.esl": b"seal"})
    assert verify(own, client).files == 3
    page = signing(signed, client, with_seal("Page.xml"), more={"Doc_0/Signs/Sign_0/Page.xml": ofd.page("")})
    with pytest.raises(errors.UnprotectedError, match=r"Page\.xml"):
        verify(page, client)


def test_a_signature_without_a_stamp_on_a_page_is_not_a_seal(signed, client):
    for rewrite in (
        lambda text: re.sub(r"<ofd:StampAnnot .*?/>", "", text),
        lambda text: text.replace('PageRef="1"', 'PageRef="9"'),
    ):
        with pytest.raises(errors.NoStampError, match="没有印章"):
            verify(signing(signed, client, rewrite), client)


def test_without_references_nothing_is_protected(signed, client):
    data = signing(signed, client, lambda text: re.sub(r"<ofd:Reference .*</ofd:Reference>", "", text))
    with pytest.raises(errors.UnprotectedError, match="没有列出"):
        verify(data, client)


def test_a_digest_that_is_none_is_refused(signed, client):
    data = changed(signed, {SIGNATURE: lambda data: re.sub(rb"<ofd:CheckValue>.", b"<ofd:CheckValue>!", data)})
    with pytest.raises(errors.NotVerifiableError, match="Base64"):
        verify(data, client)


def test_somebody_elses_seal_is_refused_with_whose_it_is(client):
    other = Client(key=sm2.key_of("海岚市教育局"), seal_name="海岚市教育局")
    with pytest.raises(errors.UnknownSignerError, match="海岚市教育局"):
        verify(other.seal(short().data()), client)


def test_a_certificate_that_ran_out_is_refused():
    late = Client(key=sm2.key_of("海岚市水利局", last=datetime(2024, 2, 1, tzinfo=UTC)))
    with pytest.raises(errors.OutOfDateError, match="2024-02-01"):
        verify(late.seal(short().data()), late)


def test_two_members_of_one_name_are_refused(signed, client):
    buffer = io.BytesIO(signed)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(PAGE, members(signed)[PAGE])
    with pytest.raises(errors.ContainerError, match="同名"):
        verify(buffer.getvalue(), client)
    with pytest.raises(errors.ContainerError, match="同名"):
        verify(changed(signed, {PAGE.upper(): b""}), client)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"PK", "不完整"),
        (ofd.zipped({"a": b""}), r"OFD\.xml"),
        (ofd.zipped({"OFD.xml": ofd.element("Page", "")}), "不是 OFD"),
        (ofd.zipped({"OFD.xml": ofd.element("OFD", "<ofd:DocBody/><ofd:DocBody/>")}), "几份文档"),
        (ofd.zipped({"OFD.xml": ofd.element("OFD", "<ofd:DocBody><ofd:Versions/></ofd:DocBody>")}), "几个版本"),
    ],
)
def test_what_is_no_sound_ofd_of_one_document_is_refused(client, file, said):
    with pytest.raises(errors.ContainerError, match=said):
        verify(file, client)


def test_pages_of_one_number_are_refused(client):
    twice = short("")
    data = changed(twice.data(), {"Doc_0/Document.xml": lambda data: data.replace(b'ID="2"', b'ID="1"')})
    with pytest.raises(errors.ContainerError, match="编号相同"):
        sealing.place_of(data, "2024年2月19日")


@pytest.mark.parametrize("missing", [LISTING, SIGNATURE, VALUE])
def test_a_signature_that_is_not_whole_is_refused(signed, client, missing):
    with pytest.raises(errors.ContainerError, match="不完整"):
        verify(changed(signed, {missing: None}), client)


def test_a_signature_without_its_information_is_refused(signed, client):
    with pytest.raises(errors.ContainerError, match="SignedInfo"):
        verify(changed(signed, {SIGNATURE: ofd.element("Signature", "")}), client)


def test_the_fingerprint_is_that_of_other_tools(client):
    whole = hashlib.sha256(client.key.certificate.der).hexdigest().upper()
    assert whole.startswith(client.key.certificate.fingerprint)


def test_no_damage_passes_and_none_is_told_otherwise_than_in_words(signed, client):
    files = members(signed)
    chance = random.Random(33190)
    for _ in range(120):
        name = chance.choice([name for name in files if name != LISTING])
        damaged = bytearray(files[name])
        damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        with pytest.raises(errors.OfdSealError):
            verify(changed(signed, {name: bytes(damaged)}), client)
