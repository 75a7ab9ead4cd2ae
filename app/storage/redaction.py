"""What never gets into a log file: tokens, codes, secrets and e-mail addresses."""

import hashlib
import hmac
import re
from typing import Final

_NAMES: Final = (
    "access_token|refresh_token|id_token|signed_access_token|token|client_secret|client_assertion|"
    "code_verifier|code|state|password|secret|api_key"
)
_HIDDEN: Final = "[hidden]"
_RULES: Final = (
    # Header lines and header pairs, as text, JSON or Python shows them; up to the end of the value.
    (re.compile(r"""(?i)(authorization["']?\s*[:=,]\s*[b]?["']?)[^"'\r\n,}\])]+"""), rf"\1{_HIDDEN}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+"), rf"\1 {_HIDDEN}"),
    # name=value of queries, forms and keyword arguments.
    (re.compile(rf"""(?i)\b({_NAMES})=(["']?)[^\s"'&;,)}}\]]+"""), rf"\1=\2{_HIDDEN}"),
    # "name": "value" of JSON and Python.
    (re.compile(rf"""(?i)(["'](?:{_NAMES})["']\s*:\s*)(["'])(?:\\.|(?!\2).)*\2"""), rf"\1\2{_HIDDEN}\2"),
    # Anything that looks like a token by its length: no word or path segment mixes digits in so long a run.
    (re.compile(r"\b(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{40,}"), _HIDDEN),
)
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DIGEST_LENGTH: Final = 10


class Redactor:
    """Cleans text; the same address gets the same mark as long as `key` (random bytes) is the same."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def clean(self, text: str) -> str:
        """`text` without secrets, e-mail addresses as `email:` and a short keyed hash."""
        for pattern, replacement in _RULES:
            text = pattern.sub(replacement, text)
        return _EMAIL.sub(self._mark, text)

    def _mark(self, found: re.Match[str]) -> str:
        digest = hmac.new(self._key, found[0].lower().encode(), hashlib.sha256).hexdigest()
        return f"email:{digest[:_DIGEST_LENGTH]}"
