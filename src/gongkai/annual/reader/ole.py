"""The directory of an OLE compound file ([MS-CFB]): enough to tell an old Word file from an encrypted docx."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_SHIFTS = (9, 12)  # 512 or 4096 bytes
_LAST = 0xFFFFFFF0  # this and above: no further sector
_MAX_SECTORS = 1024
_IN_HEADER = 109  # sectors of the allocation table that the header itself lists
_ENCRYPTED = 0x0100  # fEncrypted of the FIB, [MS-DOC] 2.5.2


def stream_names(data: bytes) -> dict[str, int]:
    """Return the names of the streams and storages with the offset of their first sector.

    Empty where the directory cannot be followed: the file is cut off or damaged.
    """
    names: dict[str, int] = {}
    try:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in _SHIFTS:
            return {}
        sector = 1 << shift
        table = struct.unpack_from(f"<{_IN_HEADER}I", data, 76)
        current = struct.unpack_from("<I", data, 48)[0]
        for _ in range(_MAX_SECTORS):
            start = (current + 1) * sector
            for offset in range(start, start + sector, _ENTRY):
                length = struct.unpack_from("<H", data, offset + 64)[0]
                name = data[offset : offset + max(length - 2, 0)].decode("utf-16-le", errors="replace")
                names[name] = (struct.unpack_from("<I", data, offset + 116)[0] + 1) * sector
            part, index = divmod(current, sector // 4)
            current = struct.unpack_from("<I", data, (table[part] + 1) * sector + index * 4)[0]
            if current >= _LAST:
                break
    except (struct.error, IndexError):
        return {}
    names.pop("", None)
    return names


def is_encrypted_word(data: bytes, offset: int) -> bool:
    """Tell whether the ``WordDocument`` stream at ``offset`` says that it is encrypted."""
    return bool(int.from_bytes(data[offset + 10 : offset + 12], "little") & _ENCRYPTED)
