"""Check the contract with buf: format, lint, and that nothing breaks the callers of the last release.

Nothing is fetched. buf comes from the buf-bin package, and the google.* protos that the contract imports from
googleapis-common-protos: they are laid beside a copy of proto/ in a temporary workspace, where buf.yaml names
them as its second module.

The last release is proto/baseline.binpb, an image of the contract as it was then. Making a release includes
`--baseline`. A breaking change before the first release is made the same way: say why in its commit.

    python tools/proto_checks.py              check
    python tools/proto_checks.py --baseline   take proto/ as it stands for the last release
"""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
BASELINE = PROTO / "baseline.binpb"

IMPORT = re.compile(r'^import (?:public )?"([^"]+)";', re.MULTILINE)
# buf brings these itself.
WELL_KNOWN = "google/protobuf/"


def lay_out(workspace: Path) -> None:
    """Copy buf.yaml, proto/ and the google.* protos that proto/ needs."""
    shutil.copy(ROOT / "buf.yaml", workspace)
    shutil.copytree(PROTO, workspace / "proto", ignore=shutil.ignore_patterns(BASELINE.name))
    for name, source in foreign_protos(PROTO.rglob("*.proto")).items():
        place = workspace / "googleapis" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)


def foreign_protos(files: Iterable[Path]) -> dict[str, Path]:
    """Every proto that the files import, directly or not, and that is neither ours nor well known."""
    found: dict[str, Path] = {}
    unread = list(files)
    while unread:
        for name in IMPORT.findall(unread.pop().read_text()):
            if name in found or name.startswith(WELL_KNOWN) or (PROTO / name).exists():
                continue
            found[name] = _installed(name)
            unread.append(found[name])
    return found


def _installed(name: str) -> Path:
    package = importlib.util.find_spec(".".join(Path(name).parent.parts))
    for folder in (package and package.submodule_search_locations) or []:
        path = Path(folder, Path(name).name)
        if path.exists():
            return path
    sys.exit(f"{name} is imported by the contract, and googleapis-common-protos does not hold it")


def buf(workspace: Path, *arguments: str) -> int:
    """Run buf in the workspace and return its exit status; it prints what it finds."""
    beside_python = Path(sys.executable).parent / "buf"
    program = str(beside_python) if beside_python.exists() else shutil.which("buf")
    if program is None:
        sys.exit("buf is not here; `make verify` runs this in the environment that has it")
    environment = os.environ | {"BUF_CACHE_DIR": str(workspace / ".cache")}
    return subprocess.run([program, *arguments], cwd=workspace, env=environment, check=False).returncode


def check(workspace: Path) -> list[str]:
    """Run every check, and name those that found something."""
    checks = {
        "format": ["format", "--diff", "--exit-code", "proto"],
        "lint": ["lint", "proto"],
        "breaking": ["breaking", "proto", "--exclude-imports", "--against", str(BASELINE)],
    }
    return [name for name, arguments in checks.items() if buf(workspace, *arguments) != 0]


def main() -> int:
    """Check, or make the baseline, as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--baseline", action="store_true", help="take proto/ for the last release")
    make_baseline = parser.parse_args().baseline
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        lay_out(workspace)
        if make_baseline:
            return buf(workspace, "build", "proto", "--exclude-source-info", "-o", str(BASELINE))
        failed = check(workspace)
    print("contract: " + (f"{', '.join(failed)} failed" if failed else "formatted, linted, breaks no caller"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
