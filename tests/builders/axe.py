"""What axe has against a page."""

from pathlib import Path

AXE = Path(__file__).parents[1] / "office" / "vendor" / "axe.min.js"


def serious(page):
    """Run axe through the debugger's door: the page's own policy would refuse the script."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['id']}: {node['html'][:100]} {node['any'][0]['message'][:120] if node['any'] else ''}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
