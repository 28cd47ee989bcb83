"""Why something is covered: the grounds of the regulation for not disclosing a part (条例第三十七条)."""

from __future__ import annotations

from dataclasses import dataclass

_REGULATION = "政府信息公开条例"


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground: ``code`` (an outcome of ``law.outcomes``, subdivided), short ``caption``, article and its law."""

    code: str
    caption: str
    number: str
    source: str = _REGULATION

    @property
    def article(self) -> str:
        """The article as printed; that the regulation is meant goes without saying on its own copies."""
        return self.number if self.source == _REGULATION else f"{self.source}{self.number}"

    @property
    def label(self) -> str:
        """What is printed on the box."""
        return f"{self.article} {self.caption}"

    @property
    def citation(self) -> str:
        """The ground in full."""
        return f"《{self.source}》{self.number}（{self.caption}）"


REASONS = {
    reason.code: reason
    for reason in (
        Reason("N4-privacy", "个人隐私", "第十五条"),
        Reason("N4-trade", "商业秘密", "第十五条"),
        Reason("PI", "个人信息", "第二十五条", "个人信息保护法"),
        Reason("N5", "内部事务信息", "第十六条第一款"),
        Reason("N6", "过程性信息", "第十六条第二款"),
        Reason("N7", "行政执法案卷信息", "第十六条第二款"),
        Reason("N2", "法律、行政法规禁止公开", "第十四条"),
        Reason("N3", "危及三安全一稳定", "第十四条"),
    )
}
"""All grounds by their code, the commonest first. 国家秘密 is none: a classified document never enters this system
(保守国家秘密法第三十五条), so there is nothing of it to be covered here."""
