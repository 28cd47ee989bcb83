"""The browser that the pages are looked at with."""

from builders.browser import in_browser  # noqa: F401 -- a fixture
