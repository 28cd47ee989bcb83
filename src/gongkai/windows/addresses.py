"""The address of the site itself, before every permanent address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def base(request: HttpRequest | None = None) -> str:
    """Return the address that the installation has named, without a slash at its end.

    Where it has named none: the one that was asked, or nothing where no ``request`` is at hand.
    """
    named = str(settings.SITE["address"]).rstrip("/")
    return named or (f"{request.scheme}://{request.get_host()}" if request is not None else "")
