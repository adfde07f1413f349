"""A timeline as one HTML file that opens by double click: everything alive, nothing fetched."""

from __future__ import annotations

import json
from html import escape

from analogies.timeline import modules, twin

# No address at all may be reached from the page, whatever a title or a text holds.
_POLICY = ("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
           "base-uri 'none'; form-action 'none'")
# Written as escapes inside a script element: they would end it, or end a line in older JavaScript.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_PAGE_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; font-family: system-ui, sans-serif; }
h1 { font-size: 1.3rem; }
table { border-collapse: collapse; } th, td { padding: .25rem .5rem; vertical-align: top; text-align: left; }
"""


def embedded(value: object) -> str:
    """JSON that may stand inside a <script> element: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


def page(payload: dict, state: dict, notes: list[dict], *, drawn: dict | None = None, theme: str = "auto") -> str:
    """The whole page. `payload` without the student's own events (`notes` has them), `drawn` with them for the table."""
    heading = f"Timeline: {payload['heading']}" if payload["heading"] else "Timeline"
    table = twin.table(drawn or payload, state, most=None)
    data = embedded({"payload": payload, "state": state, "notes": notes, "report": [], "theme": theme})
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(heading)}</title>
<style>{_PAGE_STYLE}{modules.css()}</style>
</head>
<body>
<main>
<h1>{escape(heading)}</h1>
<div class="analogies-timeline-host"></div>
<noscript>
<p>This page needs JavaScript for its picture. The same events as a table:</p>
{table}
</noscript>
</main>
<script type="application/json" id="analogies-timeline-traits">{data}</script>
<script type="module">
{modules.esm()}
timeline.mountStandalone();
</script>
</body>
</html>
"""
