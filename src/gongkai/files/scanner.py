"""The virus scanner: ClamAV's daemon over its socket (INSTREAM), where one is set up."""

from __future__ import annotations

import socket
import struct
from contextlib import closing

from django.conf import settings

from gongkai.files.errors import InfectedError, ScannerError

_CHUNK = 1 << 16
_SECONDS = 60


def scan(data: bytes, name: str) -> str:
    """Return who scanned ``data`` (empty where no scanner is set up).

    Raises ``InfectedError`` with what was found, and ``ScannerError`` where the scanner is set up but does not answer:
    nothing is let in unscanned by accident.
    """
    address = settings.CLAMD_SOCKET
    if not address:
        return ""
    try:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
            connection.settimeout(_SECONDS)
            connection.connect(address)
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
    except OSError as error:
        raise ScannerError(f"病毒扫描服务没有应答（{error}），文件未收。请联系运维人员，恢复后重新上传。") from error
    words = answer.rstrip(b"\0").decode("utf-8", "replace").removeprefix("stream: ")
    if words == "OK":
        return "clamd"
    if words.endswith("FOUND"):
        raise InfectedError(f"“{name}”含有恶意代码（{words.removesuffix(' FOUND')}），未收。请杀毒后重新制作文件。")
    raise ScannerError(f"病毒扫描服务的应答不可识别（{words or '空'}），文件未收。请联系运维人员。")
