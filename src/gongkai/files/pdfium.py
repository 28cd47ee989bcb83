"""PDFium is not safe to be used by two threads at once; whoever calls it holds this lock."""

from __future__ import annotations

import threading

LOCK = threading.RLock()
"""One for the process. Held for a page at a time, so that a long document does not keep others waiting."""
