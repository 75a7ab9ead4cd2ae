"""The look of the sandbox's sign-in pages, and the policy header that lets nothing else in."""

import base64
import hashlib
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ground: #f3f5f8; --card: #ffffff; --ink: #1d2733; --soft: #5b6777;
  --line: #dbe1e8; --accent: #d9481c; --accent-ink: #ffffff; --tint: #fff3ee; --good: #0f7b5f; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161c; --card: #1b212a; --ink: #e8edf3;
  --soft: #a3afbd; --line: #323b47; --accent: #f0744c; --accent-ink: #1a0d08; --tint: #2a201c;
  --good: #4cc7a3; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 15px/1.5 Inter, "Segoe UI", system-ui, sans-serif;
  display: grid; place-items: center; padding: 24px; }
main { width: min(680px, 100%); background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; box-shadow: 0 12px 32px rgb(20 30 45 / 10%); }
.bar { background: var(--tint); color: var(--soft); font-size: 13px; padding: 10px 32px;
  border-bottom: 1px solid var(--line); border-radius: 13px 13px 0 0; }
.body { padding: 24px 32px 20px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 13px; font-weight: 600; color: var(--soft); margin: 20px 0 6px; }
p { margin: 0 0 12px; color: var(--soft); }
p strong, li strong { color: var(--ink); }
ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: 10px; padding: 3px 0; align-items: baseline; }
li::before { content: "\\2713"; color: var(--good); font-weight: 700; }
li small { color: var(--soft); font-size: 12px; margin-left: auto; white-space: nowrap; }
label { display: flex; gap: 12px; align-items: flex-start; border: 1px solid var(--line);
  border-radius: 10px; padding: 8px 14px; margin-bottom: 8px; cursor: pointer; }
label:has(input:checked) { border-color: var(--accent); background: var(--tint); }
label input { margin-top: 4px; accent-color: var(--accent); }
label b { font-weight: 600; font-size: 15px; color: var(--ink); margin-right: 8px; }
label span { color: var(--soft); font-size: 13px; }
.actions { display: flex; gap: 12px; justify-content: flex-end; position: sticky; bottom: 0;
  background: var(--card); border-top: 1px solid var(--line); margin: 20px -32px -20px; padding: 14px 32px;
  border-radius: 0 0 13px 13px; }
button { font: inherit; font-weight: 600; border-radius: 8px; padding: 10px 22px; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink); }
button[value="allow"] { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { background: var(--ground); border-radius: 5px; padding: 1px 6px; font-size: 13px;
  overflow-wrap: anywhere; }
"""

_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self' http://localhost:* https:"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
