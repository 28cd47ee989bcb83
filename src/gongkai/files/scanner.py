"""The virus scanner: ClamAV's daemon over its socket (INSTREAM), where one is set up."""

from __future__ import annotations

import socket
import struct
from contextlib import closing, suppress

from django.conf import settings

from gongkai.files.errors import InfectedError, ScannerError, TooLargeError

_CHUNK = 1 << 16
_SECONDS = 60


def scan(data: bytes, name: str) -> str:
    """Return who scanned ``data`` (empty where no scanner is set up).

    Raises ``InfectedError`` with what was found, ``TooLargeError`` where the scanner takes no file of this size, and
    ``ScannerError`` where it is set up but does not answer: nothing is let in unscanned by accident.
    """
    address = settings.CLAMD_SOCKET
    if not address:
        return ""
    try:
        answer = _ask(address, data)
    except OSError as error:
        raise ScannerError(f"病毒扫描服务没有应答（{error}），文件未收。请联系运维人员，恢复后重新上传。") from error
    words = answer.rstrip(b"\0").decode("utf-8", "replace").removeprefix("stream: ")
    if words == "OK":
        return "clamd"
    if words.endswith("FOUND"):
        raise InfectedError(f"“{name}”含有恶意代码（{words.removesuffix(' FOUND')}），未收。请杀毒后重新制作文件。")
    if "size limit exceeded" in words:
        raise TooLargeError(
            f"“{name}”有 {len(data) >> 20} MB，超过病毒扫描服务的上限，未经扫描不收。"
            "请分成几个文件上传，或请运维人员调大 ClamAV 的 StreamMaxLength。"
        )
    raise ScannerError(f"病毒扫描服务的应答不可识别（{words or '空'}），文件未收。请联系运维人员。")


def _ask(address: str, data: bytes) -> bytes:
    """Send ``data`` and return the answer, which may come before all is sent."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(address)
        # Whoever hangs up has said why: that is read, not the broken pipe.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _CHUNK):
                piece = data[start : start + _CHUNK]
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            received = connection.recv(4096)
            if not received:
                break
            answer += received
    return answer
