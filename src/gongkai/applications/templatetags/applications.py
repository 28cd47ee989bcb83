"""Small pieces of the pages of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from gongkai.applications.models import IdentityProof

if TYPE_CHECKING:
    from gongkai.applications.models import Application
    from gongkai.applications.views.acts import Act

register = template.Library()
_PROOFS = dict(IdentityProof.choices)


@register.simple_tag
def act_address(act: Act, application: Application) -> str:
    """Return where an act is done."""
    return reverse(f"applications:{act.name}", args=[application.pk])


@register.filter
def proof_name(proof: str) -> str:
    """Return what a proof of identity is called."""
    return _PROOFS.get(proof, "")
