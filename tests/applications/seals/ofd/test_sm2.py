"""SM2 by the example of the standard, and by another implementation."""

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from builders import sm2 as throwaway
from gongkai.applications.seals.ofd import sm2

PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
K = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
PUBLIC = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
MESSAGE = b"message digest"


def test_the_example_of_the_standard_is_verified_and_made():
    """GB/T 32918.5—2017, appendix A.2."""
    assert sm2.hashed(PUBLIC, MESSAGE) == 0xF0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640
    assert sm2.verify(PUBLIC, MESSAGE, encode_dss_signature(R, S))
    assert decode_dss_signature(throwaway.signature(PRIVATE, MESSAGE, k=K)) == (R, S)


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (PUBLIC, b"message digesT", encode_dss_signature(R, S)),
        (PUBLIC, MESSAGE, encode_dss_signature(R, S + 1)),
        (PUBLIC, MESSAGE, encode_dss_signature(R, 0)),
        (PUBLIC, MESSAGE, encode_dss_signature(R + sm2.N, S)),
        (PUBLIC, MESSAGE, encode_dss_signature(R, sm2.N - R)),
        (PUBLIC, MESSAGE, b"\x30\x00"),
        (PUBLIC, MESSAGE, R.to_bytes(32) + S.to_bytes(32)),
        (PUBLIC[:-1] + b"\x14", MESSAGE, encode_dss_signature(R, S)),
        (PUBLIC[:33], MESSAGE, encode_dss_signature(R, S)),
    ],
    ids=["message", "s", "s is 0", "r too large", "r + s is n", "empty", "no DER", "not on the curve", "half a point"],
)
def test_anything_else_is_not(public, message, signature):
    assert not sm2.verify(public, message, signature)


def test_the_point_at_infinity_adds_nothing():
    assert sm2.added(sm2.G, None) == sm2.added(None, sm2.G) == sm2.G
    assert sm2.times(sm2.N, sm2.G) is None
    assert sm2.times(0, sm2.G) is None


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_what_openssl_signs_is_verified(tmp_path):
    def openssl(*words):
        done = subprocess.run(["openssl", *words], capture_output=True, check=False, cwd=tmp_path)
        if done.returncode:
            pytest.skip(f"this openssl has no SM2: {done.stderr.decode()[:80]}")
        return done.stdout

    openssl("genpkey", "-algorithm", "SM2", "-out", "key.pem")
    public = openssl("pkey", "-in", "key.pem", "-pubout", "-outform", "DER")[-65:]
    (tmp_path / "message").write_bytes(MESSAGE)
    signature = openssl(
        *("pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-digest", "sm3", "-in", "message"),
        *("-pkeyopt", "distid:1234567812345678"),
    )
    assert sm2.verify(public, MESSAGE, signature)
    assert not sm2.verify(public, MESSAGE + b"!", signature)
