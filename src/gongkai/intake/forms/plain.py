"""What the public forms have in common: faults are told in words of our own, and a wrong kind of file by its name."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = ".pdf,.ofd,.docx,.doc,.xlsx,.xls,.txt,.jpg,.jpeg,.png"

_SAID = {
    "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字。请缩短，或者写成文档作为附件上传。",
    "null_characters_not_allowed": "含有不能显示的字符。请删去后重新填写。",
    "invalid_choice": "请从列出的选项中选择。",
    "invalid_list": "请从列出的选项中选择。",
    "empty": "是空文件。请重新选择。",
    "missing": "没有收到文件。请重新选择。",
}
_INVALID = {
    forms.EmailField: "电子邮箱的写法不对。请核对，例如 zhang@example.cn。",
    forms.FileField: "没有收到文件。请重新选择。",
}


class PlainForm(forms.Form):
    """A form whose faults a resident understands."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)

    def clean(self) -> dict[str, Any]:
        """Name the files of a kind that is not taken, together with whatever else is amiss."""
        data = super().clean() or {}
        for name, field in self.fields.items():
            for words in _unaccepted(self.named(name) if isinstance(field, forms.FileField) else ()):
                self.add_error(name, words)
        return data

    def named(self, field: str) -> list[str]:
        """Return the names of the files that were given for ``field``."""
        return [one.name for one in self.files.getlist(field)] if field in self.files else []


def say_plainly(field: forms.Field) -> None:
    """Replace the framework's messages of ``field``; what the field itself says when it is empty stays."""
    field.error_messages |= _SAID
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = "请选择。" if isinstance(field, forms.ChoiceField) else "请填写。"
    for kind, words in _INVALID.items():
        if isinstance(field, kind):
            field.error_messages["invalid"] = words


def _unaccepted(names: Iterable[str]) -> Iterator[str]:
    """Yield what is to be said of each of these files whose kind is not taken."""
    for name in names:
        if PurePath(name).suffix.lower() not in ACCEPTED.split(","):
            yield f"“{name}”不是可接收的格式（PDF、OFD、Word、Excel、文本、JPEG、PNG）。请另存为其中一种后再选。"
