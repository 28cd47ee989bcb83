"""What can be wrong with a file that should be an annual report: one class per mistake.

``ReadError``
├── ``NotAReportError``      no statutory table was found in it
├── ``SeveralReportsError``  there is more than one report in it
├── ``UnknownFormatError``   the bytes are of no format the reader knows
├── ``DamagedFileError``     the format is known, the file is not whole
├── ``ProtectedFileError``   a password is needed
├── ``TooLargeError``        it, or what it unpacks to, is over the limit
├── ``HostileFileError``     it is built to exhaust the reader (archive bomb, entity bomb, nesting)
└── ``MissingToolError``     reading it needs a program that is not installed

Messages are Chinese sentences for people: what is wrong, and what to do. ``code`` is stable, for machines.
"""

from __future__ import annotations


class ReadError(Exception):
    """A file could not be read as an annual report. ``str()`` gives one line without the file's name."""

    code = "unreadable"


class NotAReportError(ReadError):
    """No statutory table was found in the file."""

    code = "not-a-report"


class SeveralReportsError(ReadError):
    """There is more than one report in the file; they are never merged."""

    code = "several-reports"


class UnknownFormatError(ReadError):
    """The bytes are of no format the reader knows."""

    code = "unknown-format"


class DamagedFileError(ReadError):
    """The format is known, but the file is not whole."""

    code = "damaged"


class ProtectedFileError(ReadError):
    """The file needs a password."""

    code = "protected"


class TooLargeError(ReadError):
    """The file, or what it unpacks to, is over the limit."""

    code = "too-large"


class HostileFileError(ReadError):
    """The file is built to exhaust whoever opens it."""

    code = "hostile"


class MissingToolError(ReadError):
    """Reading the file needs a program that is not installed on this machine."""

    code = "missing-tool"
