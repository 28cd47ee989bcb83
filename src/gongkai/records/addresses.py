"""The permanent addresses of what is published: they hold whatever becomes of numbers, units and columns."""

from __future__ import annotations


def record_address(number: int) -> str:
    """Return the public address of the record with this key."""
    return f"/records/{number}/"


def attachment_address(record: int, number: int) -> str:
    """Return the public address of an attachment of a record."""
    return f"/records/{record}/files/{number}/"
