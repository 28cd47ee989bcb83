"""Files to let in."""

import io
import zipfile


def docx(text, extra=()):
    """Return a docx of one paragraph; ``extra`` are more parts of its archive, name and bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        for name, data in extra:
            archive.writestr(name, data)
    return stream.getvalue()
