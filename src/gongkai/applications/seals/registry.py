"""Which seal an installation has: chosen by the setting ``GONGKAI_SEAL``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.applications.seals.port import OFD, SealError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.applications.seals.port import ElectronicSeal

_makers: dict[str, Callable[[], ElectronicSeal]] = {}


def register(name: str, make: Callable[[], ElectronicSeal]) -> None:
    """Make a kind of seal known; ``make`` is called when a letter is sealed."""
    _makers[name] = make


def configured() -> ElectronicSeal | None:
    """Return the seal of this installation; ``None`` where letters are stamped on paper.

    Raises ``SealError`` for a setting that names no seal.
    """
    if not settings.SEAL:
        return None
    if settings.SEAL not in _makers:
        known = "、".join(_makers)
        raise SealError(f"设置 GONGKAI_SEAL={settings.SEAL} 不是可用的电子印章（{known}）。请系统管理员改正。")
    return _makers[settings.SEAL]()


def seals_ofd() -> bool:
    """Tell whether the seal of this installation seals OFD; a setting that names none is said where it is used."""
    try:
        port = configured()
    except SealError:
        return False
    return port is not None and OFD in port.kinds


def _certificate() -> ElectronicSeal:
    from gongkai.applications.seals.certificate import CertificateSeal  # noqa: PLC0415 -- pyHanko is an extra

    return CertificateSeal()


register("certificate", _certificate)
