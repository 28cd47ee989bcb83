"""The seal by a certificate: a signature that verifies, on the date, and nothing of the page changed."""

import io
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from applications.letters.test_kinds import made
from gongkai.applications.letters import pdf
from gongkai.applications.seals.certificate import SIZE, CertificateSeal, place_of
from gongkai.applications.seals.known import proved
from gongkai.applications.seals.port import SealError
from gongkai.applications.seals.registry import configured

validation = pytest.importorskip("pyhanko.sign.validation", reason="pyHanko is not installed (gongkai[seal])")
reader = pytest.importorskip("pyhanko.pdf_utils.reader")
contexts = pytest.importorskip("pyhanko_certvalidator")
seals = pytest.importorskip("builders.seals")


RSA = partial(rsa.generate_private_key, public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def identity():
    """Make a certificate of a bureau that is its own authority."""
    return made_out(RSA())


def made_out(key):
    """Return the key with a certificate of its own making, as the folder holds it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "海岚市水利局")])
    now = datetime.now(tz=UTC)
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            critical=True,
        )
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, BestAvailableEncryption(b"pass"))


@pytest.fixture
def folder(settings, tmp_path, identity):
    """Lay the certificate where the setting says."""
    (tmp_path / "HL-012.p12").write_bytes(identity)
    (tmp_path / "HL-012.pass").write_text("pass\n")
    settings.SEAL, settings.SEALS = "certificate", str(tmp_path)
    return tmp_path


def letter():
    document, _ = made("2019", "granted")
    return document, pdf.write([document])


def test_a_signed_letter_verifies_and_prints_as_before(folder):
    document, data = letter()
    signed = configured().sign(data, unit="HL-012", document=document)
    assert signed.startswith(data)
    embedded = reader.PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    context = contexts.ValidationContext(trust_roots=[embedded.signer_cert])
    status = validation.validate_pdf_signature(embedded, context)
    assert (status.intact, status.valid, status.coverage.name) == (True, True, "ENTIRE_FILE")
    words = [file[0].get_textpage().get_text_bounded() for file in map(pypdfium2.PdfDocument, (data, signed))]
    assert words[0] == words[1]


def test_one_changed_byte_is_noticed(folder):
    document, data = letter()
    signed = bytearray(CertificateSeal().sign(data, unit="HL-012", document=document))
    signed[200] ^= 1
    embedded = reader.PdfFileReader(io.BytesIO(bytes(signed)), strict=False).embedded_signatures[0]
    context = contexts.ValidationContext(trust_roots=[embedded.signer_cert])
    assert validation.validate_pdf_signature(embedded, context).intact is False


def test_the_seal_is_centred_on_the_date():
    document, data = letter()
    page, (left, bottom, right, top) = place_of(data, document)
    assert (page, right - left, top - bottom) == (0, SIZE, SIZE)
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = text.search("日")
    last = None
    while (hit := found.get_next()) is not None:
        last = text.get_charbox(hit[0])
    assert left < last[0] < right
    assert bottom < last[1] < top


@pytest.mark.parametrize("make", [RSA, partial(ec.generate_private_key, ec.SECP256R1())], ids=["RSA", "ECDSA"])
def test_an_ofd_is_sealed_on_its_date_and_proved(folder, make):
    (folder / "HL-012.p12").write_bytes(made_out(make()))
    (folder / "HL-012.png").write_bytes(b"picture of the seal")
    document, data = letter()
    page = seals.ofd_of(data).data()
    sealed = configured().sign(page, unit="HL-012", document=document, kind="ofd")
    proof = proved(sealed, unit="HL-012", day=datetime.now(tz=UTC).date())
    assert (proof.seal, proof.files) == (document.signer, 3)
    assert b"picture of the seal" in seals.members(sealed)["Doc_0/Signs/Sign_0/SignedValue.dat"]
    with pytest.raises(SealError, match="已经签章"):
        configured().sign(sealed, unit="HL-012", document=document, kind="ofd")


def test_an_ofd_that_cannot_be_sealed_is_said(folder):
    document, data = letter()
    page = seals.ofd_of(data).data()
    with pytest.raises(SealError, match="没有找到成文日期"):
        CertificateSeal().sign(page, unit="HL-012", document=document.numbered("甲", date(2031, 7, 9)), kind="ofd")
    with pytest.raises(SealError, match="没有找到机构 HL-013"):
        CertificateSeal().sign(page, unit="HL-013", document=document, kind="ofd")
    (folder / "HL-012.p12").write_bytes(made_out(ed25519.Ed25519PrivateKey.generate()))
    with pytest.raises(SealError, match="不是 RSA"):
        CertificateSeal().sign(page, unit="HL-012", document=document, kind="ofd")
    for wrong in (b"no container", made_out(RSA())):
        (folder / "HL-012.p12").write_bytes(wrong)
        (folder / "HL-012.pass").write_text("pass" if wrong == b"no container" else "wrong")
        with pytest.raises(SealError, match="不能打开"):
            CertificateSeal().sign(page, unit="HL-012", document=document, kind="ofd")


def test_what_is_missing_is_said(settings, tmp_path, folder):
    document, data = letter()
    settings.SEAL = "stone"
    with pytest.raises(SealError, match="GONGKAI_SEAL=stone"):
        configured()
    with pytest.raises(SealError, match="没有找到机构 HL-013"):
        CertificateSeal().sign(data, unit="HL-013", document=document)
    (folder / "HL-012.pass").write_text("wrong")
    with pytest.raises(SealError, match="不能打开"):
        CertificateSeal().sign(data, unit="HL-012", document=document)
    with pytest.raises(SealError, match="没有找到成文日期"):
        place_of(data, document.numbered("甲", date(2031, 7, 9)))
