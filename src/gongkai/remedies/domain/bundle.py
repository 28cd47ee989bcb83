"""Taking the evidence of a case out: personal data leaves with it, so each bundle is in the journal."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from gongkai.files.domain import store
from gongkai.law.proof import burden
from gongkai.remedies import bundle_pdf, rules
from gongkai.remedies.domain.authority import authorise
from gongkai.remedies.domain.trace import trace
from gongkai.remedies.errors import WrongObjectError
from gongkai.remedies.queries.bundle import catalogue
from gongkai.typeset.archive import pack

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.remedies.models import Remedy


class Bundle(NamedTuple):
    """A zip archive: the catalogue as PDF, and the files it lists, numbered as there."""

    name: str
    data: bytes
    missing: tuple[str, ...]


@transaction.atomic
def assemble(*, remedy: Remedy, user: User, today: date) -> Bundle:
    """Return the evidence about the application of ``remedy`` as it is ``today``; the journal says who took it.

    ``missing`` are the captions of what nothing on file proves; the catalogue says so in their places.
    """
    authorise(remedy, user, today, "导出举证材料", rules.may_reveal)
    found = None if remedy.application is None else catalogue(remedy.application, today)
    if found is None:
        raise WrongObjectError("本案没有所涉申请，没有可以汇集的案卷。请自行准备举证材料。")
    members: dict[str, bytes] = {}
    names: dict[str, list[str]] = {}
    for number, proof in enumerate(found.proofs, 1):
        for place, file in enumerate(proof.files, 1):
            part = f"-{place}" if len(proof.files) > 1 else ""
            name = f"{number:02d}{part} {_safe(file.name)}"
            members[name] = store.read(file.blob)
            names.setdefault(proof.item.key, []).append(name)
    for place, file in enumerate(found.others, 1):
        name = f"{len(found.proofs) + 1:02d}-{place} {_safe(file.name)}"
        members[name] = store.read(file.blob)
        names.setdefault("others", []).append(name)
    procedure = "litigation" if remedy.is_suit else "reconsideration"
    article = burden(procedure, remedy.began_on or today)
    facts = [
        ("案件", f"{remedy.get_kind_display()} {remedy.case_number}".strip()),
        ("机关", remedy.body),
        ("所涉申请", found.application.number),
        ("举证依据", article),
        ("制作日期", str(today)),
    ]
    pdf = bundle_pdf.write(found, facts, names, today)
    data = pack({"00 举证材料目录.pdf": pdf, **members})
    trace(
        "bundle_made",
        remedy,
        user,
        "《个人信息保护法》第五十一条",
        digest=hashlib.sha256(data).hexdigest(),
        files=len(members),
        missing=[proof.item.key for proof in found.missing],
    )
    return Bundle(f"{remedy.number}举证材料.zip", data, tuple(proof.item.caption for proof in found.missing))


def _safe(name: str) -> str:
    """Return a file name that every system can hold, without folders."""
    return re.sub(r'[\x00-\x1f\\/:*?"<>|]', "_", name).strip(". ")[-120:] or "材料"
