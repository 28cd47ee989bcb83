"""Answers kept in the memory of the process for a moment: what a hundred visitors ask within it is made once."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 256
_LARGEST = 256 << 10
_STATUSES = frozenset({200, 404, 410})


class Kept:
    """Whole answers by address for ``settings.PUBLIC_SECONDS``, the oldest let go first.

    Never one that sets a cookie or is for one person.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, tuple[float, int, dict[str, str], bytes]] = OrderedDict()

    def get(self, address: str) -> HttpResponse | None:
        """Return the answer kept for an address, fresh for this visitor; ``None`` where there is none any more."""
        found = self._answers.get(address)
        if found is None or self._clock() >= found[0]:
            return None
        _, status, headers, body = found
        return HttpResponse(body, status=status, headers=headers)

    def put(self, address: str, response: HttpResponse) -> None:
        """Keep an answer, if it may be kept."""
        if (
            response.streaming
            or response.status_code not in _STATUSES
            or response.cookies
            or "public" not in response.get("Cache-Control", "")
            or len(response.content) > _LARGEST
        ):
            return
        until = self._clock() + settings.PUBLIC_SECONDS
        with self._lock:
            self._answers[address] = (until, response.status_code, dict(response.items()), response.content)
            self._answers.move_to_end(address)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()

    @staticmethod
    def digest(response: HttpResponse) -> str:
        """Return what stands for the content of an answer."""
        return hashlib.sha256(response.content).hexdigest()[:32]
