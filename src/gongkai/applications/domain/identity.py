"""Who applies: sealed when it comes in, opened for those who must know, each look in the journal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.sealing import blind, seal, unseal
from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.trace import trace
from gongkai.applications.models import Applicant, IdentityProof

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, SealedPerson

PURPOSE = "applications.identity"
SEALED = ("name", "proof_number", "telephone", "email", "address", "representative")
_INDEXED = {"name": "name_index", "proof_number": "number_index", "telephone": "telephone_index"}
_HIDDEN = 4
"""From so many characters on, the last four of a number are shown."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who applies, in clear. Kept in memory only as long as needed; its ``repr`` shows nothing."""

    name: str = ""
    proof: str = IdentityProof.NONE
    proof_number: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""
    representative: str = ""
    is_proxy: bool = False
    has_authority: bool = False

    def __repr__(self) -> str:
        """Return no personal data: representations end up in logs."""
        return "Identity(…)"

    @property
    def has_contact(self) -> bool:
        """Tell whether the applicant can be reached at all (Art 29)."""
        return bool(self.telephone or self.email or self.address)


def sealed(application: Application, identity: Identity, position: int) -> Applicant:
    """Return the row that holds ``identity`` sealed; the caller saves it."""
    applicant = Applicant(application=application, position=position)
    fill(applicant, identity)
    return applicant


def fill(row: SealedPerson, identity: Identity) -> None:
    """Seal ``identity`` into a ``row``, with the blind indexes to find it by."""
    row.proof, row.is_proxy, row.has_authority = identity.proof, identity.is_proxy, identity.has_authority
    for name in SEALED:
        value = getattr(identity, name).strip()
        setattr(row, name, seal(value, PURPOSE))
        if name in _INDEXED and value:
            setattr(row, _INDEXED[name], indexes(name, value)[0])


def indexes(name: str, value: str) -> list[str]:
    """Return the blind indexes of a ``value`` of the field ``name``, whatever its spacing, width and case."""
    return blind(plain(value), f"{PURPOSE}.{name}")


def plain(value: str) -> str:
    """Return ``value`` as it is compared: NFKC, upper case, without blanks, hyphens and middle dots."""
    return re.sub(r"[\s\-·•．.]", "", unicodedata.normalize("NFKC", value)).upper()


def opened(applicant: SealedPerson) -> Identity:
    """Return who ``applicant`` is, for letters and look-ups inside the system; never for a page."""
    clear = {name: unseal(getattr(applicant, name), PURPOSE) for name in SEALED}
    rest = {one.name: getattr(applicant, one.name) for one in fields(Identity) if one.name not in clear}
    return Identity(**clear, **rest)


def masked(applicant: SealedPerson) -> Identity:
    """Return ``applicant`` as a page shows it: the family name, the last digits, the domain of an address."""
    clear = opened(applicant)
    is_person = clear.proof != IdentityProof.CREDIT_CODE and not clear.representative
    return Identity(
        name=mask_name(clear.name) if is_person else clear.name,
        proof=clear.proof,
        proof_number=mask_number(clear.proof_number),
        telephone=mask_number(clear.telephone),
        email=re.sub(r"^(.).*(?=@)", r"\1***", clear.email),
        address=clear.address[:6] + "***" if clear.address else "",
        representative=mask_name(clear.representative),
        is_proxy=clear.is_proxy,
        has_authority=clear.has_authority,
    )


def mask_name(name: str) -> str:
    """Return ``name`` with all but its first character hidden."""
    return name[:1] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Return ``number`` with all but its last four characters hidden; all of a short one."""
    if len(number) <= 2 * _HIDDEN:
        return "*" * len(number)
    return "*" * (len(number) - _HIDDEN) + number[-_HIDDEN:]


@transaction.atomic
def reveal(*, application: Application, user: User, today: date, reason: str) -> list[Identity]:
    """Return who applies, in clear, and enter in the journal who looked and why (个人信息保护法 第五十一条)."""
    authorise(application, user, today, "查看申请人的完整信息", rules.may_reveal)
    trace("revealed", application, user, "《个人信息保护法》第五十一条", reason=reason)
    return [opened(applicant) for applicant in application.applicants.all()]
