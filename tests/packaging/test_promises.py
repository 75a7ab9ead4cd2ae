"""What the README and CI say is what the commands do."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from devtool.places import Checkout
from tests.packaging.test_locks import directs_of

ROOT = Path(__file__).resolve().parents[2]
RUN = "python3 packaging/dev.py run"
TEST = "python3 packaging/dev.py test"


def test_ci_runs_the_test_command_of_the_readme_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    assert code == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', f"exec {TEST}"]
    assert lines[0] == "#!/usr/bin/env bash"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_ci_is_executable() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("command", [RUN, RUN + " --sandbox", TEST])
def test_the_readme_has_the_commands(command: str) -> None:
    assert command + "\n" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this computer")
def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    words = ["pypi" + ".org", "registry" + ".npmjs", "deb" + ".debian.org", "files.python" + "hosted"]
    words += ["/wo" + "rk/", "/ro" + "ot/"]
    command = ["git", "grep", "-l", "-I", "-F", *(part for word in words for part in ("-e", word))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        pytest.skip("not a git checkout")
    assert done.stdout == "", "these files name a registry or a folder of one machine"


def test_the_readme_gives_a_reason_for_every_dependency() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    reasons = readme[readme.index("| dependency | reason |") :]
    unexplained = sorted(
        name for name in directs_of(Checkout().requirements / "run.in") if name not in named(reasons)
    )
    assert not unexplained, f"say in the README's last table why these are here: {unexplained}"


def named(text: str) -> set[str]:
    """What stands in backticks, as package names are compared."""
    return {canonicalize_name(word) for word in re.findall(r"`([A-Za-z0-9._-]+)`", text)}
