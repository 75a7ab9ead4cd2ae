"""Resources: every icon is used and there, everything that came from others has its licence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, Source, called_name, findings, sources

ICONS = ROOT / "resources" / "icons"
# Where each function of ui/kit/icons.py takes the icon's name.
NAME_POSITION = {"svg_source": 0, "icon": 0, "pixmap": 0, "paint_icon": 1, "IconView": 0}
NAME_KEYWORDS = {"icon", "icon_name"}
LICENCES = {".svg": "ISC", ".otf": "SIL OPEN FONT LICENSE", ".ttf": "SIL OPEN FONT LICENSE"}


def icon_names() -> set[str]:
    """The icons that ship."""
    return {path.stem for path in ICONS.glob("*.svg")}


def words_of(source: Source) -> set[str]:
    """Every string constant of a file."""
    return {n.value for n in source.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def named_icons(source: Source) -> Iterator[tuple[ast.expr, str]]:
    """The icon names that a file passes as constants."""
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg in NAME_KEYWORDS]
        position = NAME_POSITION.get(called_name(node))
        if position is not None and len(node.args) > position:
            given.append(node.args[position])
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value, value.value


def missing_icons(source: Source) -> Iterator[str]:
    """Names without a file."""
    for node, name in named_icons(source):
        if name not in icon_names():
            yield source.at(node, f"names the icon `{name}`")


def third_party_files() -> Iterator[Path]:
    """Icons and fonts: none of them is ours."""
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.suffix in LICENCES:
            yield path


def test_every_icon_is_used() -> None:
    used = set().union(*(words_of(source) for source in sources("app/ui")))
    unused = sorted(icon_names() - used)
    assert not unused, f"delete from resources/icons: {unused}"


def test_every_used_icon_is_there() -> None:
    found = findings(sources("app/ui"), missing_icons)
    assert not found, f"copy the file from lucide-static into resources/icons, or correct the name:\n{found}"


def test_icons_and_fonts_carry_their_licence() -> None:
    bare = []
    for path in third_party_files():
        texts = [p.read_text("utf-8") for p in path.parent.iterdir() if p.name.startswith(("LICEN", "OFL"))]
        if not any(LICENCES[path.suffix] in text for text in texts):
            bare.append(str(path.relative_to(ROOT)))
    assert not bare, f"put the licence ({set(LICENCES.values())}) beside: {bare}"
