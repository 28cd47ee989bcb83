"""The signed value of an OFD signature: which form it has, and whether it signs the file it stands under.

Taken are seals (``ses``) and PKCS #7 / CMS signed data, in the form of RFC 5652 and of GB/T 35275—2017, whose content
is the digest. A bare number without a certificate is refused: nobody can tell whose it is.
"""

from __future__ import annotations

from asn1crypto import cms, core, parser

from gongkai.applications.seals.ofd import digests, keys, ses
from gongkai.applications.seals.ofd.errors import NotVerifiableError, WrongValueError
from gongkai.applications.seals.ofd.ses import Sealed

_GM_SIGNED_DATA = "1.2.156.10197.6.1.4.2.2"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_OLD_PARTS = 2
_INTEGER, _OBJECT_IDENTIFIER, _SEQUENCE = 2, 6, 16


def verified(value: bytes, signed: bytes) -> Sealed:
    """Return who signed ``signed``. Raises an ``OfdSealError``: nothing else says that it is valid."""
    try:
        parts = _parts(value)
        first = parts[0][0]
        if first == _OBJECT_IDENTIFIER:
            if core.ObjectIdentifier.load(parts[0][1]).dotted not in {_SIGNED_DATA, _GM_SIGNED_DATA}:
                raise _unknown()
            return _signed_data(parts[1][2], signed)
        if first == _SEQUENCE:
            return ses.verified(value, signed, is_old=len(parts) == _OLD_PARTS)
        if first == _INTEGER and len(parts) > _OLD_PARTS:
            return _signed_data(value, signed)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise NotVerifiableError("签名值的数据已损坏或者格式不明，不能验证。请用签章客户端重新签章。") from error
    raise _unknown()


def _parts(value: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return the parts of a sequence: the tag of each, the whole of it, and what is in it."""
    _, _, tag, _, contents, _ = parser.parse(value, strict=True)
    if tag != _SEQUENCE:
        raise _unknown()
    found = []
    while contents:
        _, _, tag, head, inner, tail = parser.parse(contents)
        found.append((tag, head + inner + tail, inner))
        contents = contents[len(head + inner + tail) :]
    return found


def _unknown() -> NotVerifiableError:
    return NotVerifiableError(
        "签名值的格式本系统不能验证：须为电子印章（GB/T 38540—2020、GM/T 0031—2014）"
        "或者带证书的 PKCS#7（GB/T 35275—2017）。"
        "请在签章客户端改用其中一种重新签章。"
    )


def _signed_data(value: bytes, signed: bytes) -> Sealed:
    data = cms.SignedData.load(value, strict=True)
    signers = data["signer_infos"]
    if len(signers) != 1:
        raise NotVerifiableError(f"签名值中有 {len(signers)} 个签名者，须恰有一个。请用签章客户端重新签章。")
    info = signers[0]
    signer = _certificate(data, info["sid"])
    digest = info["digest_algorithm"]["algorithm"].dotted
    content = _content(data["encap_content_info"]["content"])
    if content is not None and content not in {signed, digests.digest(digest, signed)}:
        raise _elsewhere()
    content = signed if content is None else content
    method = info["signature_algorithm"]["algorithm"].dotted
    attributes = info["signed_attrs"]
    if len(attributes):
        found = [one["values"][0].native for one in attributes if one["type"].native == "message_digest"]
        if found != [digests.digest(digest, content)]:
            raise _elsewhere()
        # Signed is the set with its own tag, not with the one it has in the structure (RFC 5652, 5.4).
        content = b"\x31" + attributes.dump()[1:]
    keys.demand_signed(signer, content, info["signature"].native, method=method, digest=digest)
    return Sealed(signer)


def _elsewhere() -> WrongValueError:
    return WrongValueError(
        "签名值签的不是这份文件的签名清单：清单在签章之后被改动。请用签章客户端打开原件，重新签章后再传。"
    )


def _content(content: core.Asn1Value) -> bytes | None:
    if isinstance(content, core.Void) or content.contents is None:
        return None
    if isinstance(content, core.Any):
        content = content.parse(core.OctetString)
    return bytes(content) if isinstance(content, core.OctetString | core.ParsableOctetString) else b""


def _certificate(data: cms.SignedData, sid: cms.SignerIdentifier) -> keys.Certificate:
    for choice in data["certificates"]:
        if choice.name != "certificate":
            continue
        found = choice.chosen
        if sid.name == "subject_key_identifier":
            is_it = found.key_identifier == sid.chosen.native
        else:
            told = sid.chosen
            is_it = found.serial_number == told["serial_number"].native and found.issuer == told["issuer"]
        if is_it:
            return keys.certificate(found.dump())
    raise NotVerifiableError("签名值没有带签名者的证书，不能验证是谁的签名。请在签章客户端设为附带证书，重新签章。")
