"""The forms a signed value comes in, and keys of other kinds than SM2."""

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import algos, cms, core, parser
from cryptography import x509 as whole
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from builders import sm2
from builders.seals import NOW
from gongkai.applications.seals.ofd import digests, errors, keys, making, ses, values

SIGNED = b"<ofd:Signature/>"
GM_DATA, GM_SIGNED_DATA = "1.2.156.10197.6.1.4.2.1", "1.2.156.10197.6.1.4.2.2"
PATH = "/Doc_0/Signs/Sign_0/Signature.xml"


def identity(private, *, name="海岚市水利局"):
    """A certificate of a key that is not SM2, by its own hand."""
    subject = whole.Name([whole.NameAttribute(whole.NameOID.COMMON_NAME, name)])
    return (
        whole.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2034, 1, 1, tzinfo=UTC))
        .add_extension(whole.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def ec_key():
    return ec.generate_private_key(ec.SECP256R1())


def packed(private, data=SIGNED, *options, digest=None):
    signer = pkcs7.PKCS7SignatureBuilder().set_data(data)
    signer = signer.add_signer(identity(private), private, digest or hashes.SHA256())
    return signer.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


@pytest.mark.parametrize(
    "options",
    [
        (pkcs7.PKCS7Options.DetachedSignature,),
        (),
        (pkcs7.PKCS7Options.NoAttributes,),
        (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes),
    ],
)
def test_cms_is_verified_with_and_without_content_and_attributes(rsa_key, ec_key, options):
    for private in (rsa_key, ec_key):
        value = packed(private, SIGNED, *options)
        assert values.verified(value, SIGNED).signer.subject == "海岚市水利局"
        with pytest.raises(errors.WrongValueError):
            values.verified(value, SIGNED + b" ")


def test_cms_whose_content_is_the_digest_is_taken(rsa_key):
    content = digests.digest("sha256", SIGNED)
    assert values.verified(packed(rsa_key, content, pkcs7.PKCS7Options.NoAttributes), SIGNED).signer.serial == 7


def explicit(kind, content):
    """A content info whose kind asn1crypto has no name for."""
    return parser.emit(0, 1, 16, core.ObjectIdentifier(kind).dump() + parser.emit(2, 1, 0, content.dump()))


def sm2_data(key, content, signature, *, wrapped=True, certificates=True, signers=1, method=keys.SM2_SM3):
    """Signed data of GB/T 35275—2017: its own OIDs, the digest for content."""
    parsed = key.certificate.parsed
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            cms.IssuerAndSerialNumber({"issuer": parsed.issuer, "serial_number": parsed.serial_number}),
        ),
        "digest_algorithm": {"algorithm": digests.SM3},
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": method}),
        "signature": signature,
    }
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": digests.SM3}],
            "encap_content_info": cms.ContentInfo.load(explicit(GM_DATA, core.OctetString(content))),
            "certificates": [cms.CertificateChoices("certificate", parsed)] if certificates else [],
            "signer_infos": [info] * signers,
        }
    )
    if not wrapped:
        return data.dump()
    return explicit(GM_SIGNED_DATA, data)


@pytest.fixture(scope="module")
def key():
    return sm2.key_of("海岚市水利局")


def test_signed_data_of_the_national_standard_is_verified(key):
    content = digests.digest("sm3", SIGNED)
    for wrapped in (True, False):
        value = sm2_data(key, content, key.sign(content), wrapped=wrapped)
        assert values.verified(value, SIGNED).signer == key.certificate
        with pytest.raises(errors.WrongValueError, match="签名清单"):
            values.verified(value, SIGNED + b" ")
    with pytest.raises(errors.WrongValueError, match="不符"):
        values.verified(sm2_data(key, content, key.sign(b"other")), SIGNED)


def test_signed_data_without_its_certificate_or_with_two_signers_is_refused(key):
    content = digests.digest("sm3", SIGNED)
    with pytest.raises(errors.NotVerifiableError, match="没有带"):
        values.verified(sm2_data(key, content, key.sign(content), certificates=False), SIGNED)
    with pytest.raises(errors.NotVerifiableError, match="2 个签名者"):
        values.verified(sm2_data(key, content, key.sign(content), signers=2), SIGNED)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"not a signature",
        encode_dss_signature(5, 6),
        core.OctetString(b"1").dump(),
        cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"1")}).dump(),
        core.SequenceOf([core.UTF8String("a")], spec=core.UTF8String).dump(),
    ],
    ids=["nothing", "text", "a bare signature", "octets", "plain data", "a list"],
)
def test_what_cannot_be_verified_is_refused_and_never_called_valid(value):
    with pytest.raises(errors.NotVerifiableError):
        values.verified(value, SIGNED)


def office(signing, *, signer=None, maker=None, seal_changes=None):
    """A file sealed as GB/T 38540—2020 has it."""
    maker = maker or sm2.key_of("海岚市印章中心")
    seal = making.seal_of("海岚市水利局", b"", signer=signer or signing.certificate, maker=maker, now=NOW)
    for name, value in (seal_changes or {}).items():
        seal[name] = value
    return making.sealed(SIGNED, PATH, seal=seal, key=signing, now=NOW)


def test_a_seal_is_verified_with_rsa_and_ecdsa_as_well(rsa_key, ec_key):
    signings = (
        (rsa_key, keys.RSA_SHA256, lambda message: rsa_key.sign(message, padding.PKCS1v15(), hashes.SHA256())),
        (ec_key, keys.ECDSA_SHA256, lambda message: ec_key.sign(message, ec.ECDSA(hashes.SHA256()))),
    )
    for private, method, sign in signings:
        key = making.Key(keys.certificate(identity(private).public_bytes(Encoding.DER)), method, sign)
        found = values.verified(office(key), SIGNED)
        assert (found.name, found.signer) == ("海岚市水利局", key.certificate)
        with pytest.raises(errors.NotVerifiableError, match="与证书的密钥不符"):
            values.verified(office(making.Key(key.certificate, keys.SM2_SM3, sign)), SIGNED)


def test_a_seal_that_its_maker_did_not_sign_is_refused(key):
    with pytest.raises(errors.WrongValueError):
        values.verified(office(key, seal_changes={"signature": key.sign(b"")}), SIGNED)


def test_a_seal_may_only_be_used_by_who_is_named_in_it(key):
    with pytest.raises(errors.WrongValueError, match="没有列入"):
        values.verified(office(key, signer=sm2.key_of("别人").certificate), SIGNED)


def named_by_digest(key, certificate):
    maker = sm2.key_of("海岚市印章中心")
    seal = making.seal_of("海岚市水利局", b"", signer=key.certificate, maker=maker, now=NOW)
    info = seal["info"]
    info["property"]["list_type"] = 2
    one = {"type": "SM3", "value": digests.digest("sm3", certificate.der)}
    info["property"]["signers"] = core.Any(ses.CertificateDigests([one]))
    return resealed(seal, maker)


def resealed(seal, maker):
    """Sign what was changed in a seal again."""
    parts = [core.Any.load(seal[name].dump(force=True)) for name in ("info", "cert", "method")]
    seal["signature"] = maker.sign(core.SequenceOf(parts, spec=core.Any).dump())
    return seal


def test_a_seal_may_name_certificates_by_their_digests(key):
    right = making.sealed(SIGNED, PATH, seal=named_by_digest(key, key.certificate), key=key, now=NOW)
    assert values.verified(right, SIGNED).name == "海岚市水利局"
    other = named_by_digest(key, sm2.key_of("别人").certificate)
    with pytest.raises(errors.WrongValueError, match="没有列入"):
        values.verified(making.sealed(SIGNED, PATH, seal=other, key=key, now=NOW), SIGNED)


def old_seal(key, *, signed=SIGNED):
    """A file sealed as GM/T 0031—2014 has it."""
    maker = sm2.key_of("海岚市印章中心")
    moment = ses.Time("utc_time", core.UTCTime(NOW))
    info = ses.OldInfo(
        {
            "header": core.Any(ses.Header({"id": "ES", "version": 1, "vid": "maker"})),
            "identifier": core.Any(core.IA5String("1")),
            "property": {
                "type": 1,
                "name": "海岚市水利局",
                "signers": [key.certificate.der],
                "made": moment,
                "first": moment,
                "last": ses.Time("utc_time", core.UTCTime(NOW + timedelta(days=900))),
            },
            "picture": core.Any(ses.Picture({"type": "png", "data": b"", "width": 42, "height": 42})),
        }
    )
    own, method = core.OctetString(maker.certificate.der), core.ObjectIdentifier(keys.SM2_SM3)
    made = core.SequenceOf([core.Any(info), core.Any(own), core.Any(method)], spec=core.Any).dump()
    to_sign = ses.OldToSign(
        {
            "version": 1,
            "seal": {"info": info, "making": {"cert": own, "method": method, "signature": maker.sign(made)}},
            "time": core.Any(core.OctetBitString(b"20240219")),
            "digest": digests.digest("sm3", signed),
            "about": core.Any(core.IA5String(PATH)),
            "cert": key.certificate.der,
            "method": keys.SM2_SM3,
        }
    )
    return ses.OldSignature({"to_sign": to_sign, "signature": key.sign(to_sign.dump())}).dump()


def test_a_seal_of_the_older_standard_is_verified(key):
    found = values.verified(old_seal(key), SIGNED)
    assert (found.name, found.signer, found.first) == ("海岚市水利局", key.certificate, NOW.date())
    with pytest.raises(errors.WrongValueError):
        values.verified(old_seal(key, signed=b"other"), SIGNED)


@pytest.mark.parametrize(
    ("method", "error"), [("1.2.840.113549.1.1.5", errors.WeakDigestError), ("1.2.3.4", errors.NotVerifiableError)]
)
def test_algorithms_that_are_broken_or_unknown_are_refused(rsa_key, method, error):
    signer = keys.certificate(identity(rsa_key).public_bytes(Encoding.DER))
    with pytest.raises(error):
        keys.demand_signed(signer, SIGNED, b"1", method=method)


def test_short_and_strange_keys_are_refused():
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    signer = keys.certificate(identity(short).public_bytes(Encoding.DER))
    with pytest.raises(errors.NotVerifiableError, match="长度"):
        keys.demand_signed(signer, SIGNED, b"1", method=keys.RSA_SHA256)


def test_sm2_goes_with_sm3_only(key):
    with pytest.raises(errors.NotVerifiableError, match="SM3"):
        keys.demand_signed(key.certificate, SIGNED, key.sign(SIGNED), method=keys.SM2_SM3, digest=digests.SHA256)


def test_certificates_are_read_from_der_and_pem(rsa_key, key):
    one = identity(rsa_key)
    both = one.public_bytes(Encoding.PEM) * 2
    assert len(keys.certificates(both)) == 2
    assert keys.certificates(key.certificate.der) == [key.certificate]
    for none in (b"", b"text", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(errors.NotVerifiableError, match="无法识别"):
            keys.certificates(none)
