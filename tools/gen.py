"""Write the gRPC code of proto/ under clients/python/tallybook_client/_gen, or check what stands there.

Run by `make gen` and `make verify`, in the environment that the Makefile makes for it alone from
requirements/gen.txt: generated code refuses runtimes older than its generator, so the generator is the oldest
that we support, whatever the other environments hold.

The code is relocated: protoc writes a top-level package `tallybook`, which is our library's name, so the
modules move under tallybook_client._gen and their imports of each other follow. google.* modules are not
generated; they come from protobuf and googleapis-common-protos.

    python tools/gen.py           write it
    python tools/gen.py --check   say which files differ from what would be written, and fail if any do
"""

import argparse
import importlib.util
import re
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
GENERATED = ROOT / "clients/python/tallybook_client/_gen"
PACKAGE = "tallybook_client._gen"

# Imports of our own modules, as the plugins write them: `from tallybook.v1 import posting_pb2 as ...`.
OWN_IMPORT = re.compile(r"^(from|import) (tallybook\.)", re.MULTILINE)

PACKAGE_DOCSTRING = '"""Written by tools/gen.py from proto/; do not edit. `make gen` writes it anew."""\n'


def generate(target: Path) -> None:
    """Write the whole package under `target`, which is empty. The same protos give the same bytes."""
    contract = sorted(path.relative_to(PROTO).as_posix() for path in PROTO.rglob("*.proto"))
    services = [name for name in contract if name.endswith("_service.proto")]
    _protoc(contract, python_out=target, pyi_out=target)
    _protoc(services, grpc_python_out=target, mypy_grpc_out=f"quiet:{target}")
    for module in target.rglob("*_pb2*.py*"):
        module.write_text(OWN_IMPORT.sub(rf"\1 {PACKAGE}.\2", module.read_text()))
    for folder in [target, *(path for path in target.rglob("*") if path.is_dir())]:
        (folder / "__init__.py").write_text(PACKAGE_DOCSTRING)


def _protoc(files: list[str], **outputs: Path | str) -> None:
    from grpc_tools import protoc  # noqa: PLC0415 - only its own environment has it

    arguments = ["protoc", f"-I{PROTO}", f"-I{sysconfig.get_path('purelib')}"]
    arguments += [f"-I{Path(str(protoc.__file__)).parent / '_proto'}"]
    arguments += [f"--plugin={Path(sys.executable).parent / 'protoc-gen-mypy_grpc'}"]
    arguments += [f"--{option}={place}" for option, place in outputs.items()]
    if status := protoc.main(arguments + files):
        sys.exit(status)


def differences(written: Path, standing: Path) -> list[str]:
    """Say which files are missing, changed or no longer made."""
    made, there = _contents(written), _contents(standing)
    verdicts = dict.fromkeys(made.keys() - there.keys(), "missing")
    verdicts |= dict.fromkeys(there.keys() - made.keys(), "not generated any more")
    verdicts |= {name: "changed" for name in made.keys() & there.keys() if made[name] != there[name]}
    return [f"{name}: {verdict}" for name, verdict in sorted(verdicts.items())]


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def check(fresh: Path) -> int:
    """Compare what stands with the fresh copy; 1 when they differ."""
    found = differences(fresh, GENERATED)
    for difference in found:
        print(f"{GENERATED.relative_to(ROOT)}/{difference}", file=sys.stderr)
    print(
        "generated code: "
        + (f"{len(found)} files differ; `make gen` writes them" if found else "fits proto/")
    )
    return 1 if found else 0


def main() -> int:
    """Write or check, as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only, and fail on a difference")
    only_check = parser.parse_args().check
    if importlib.util.find_spec("grpc_tools") is None:
        print(
            "grpc_tools is not in this environment; `make gen` runs this in the one that has it.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "_gen")
        fresh.mkdir()
        generate(fresh)
        if only_check:
            return check(fresh)
        shutil.rmtree(GENERATED, ignore_errors=True)
        shutil.copytree(fresh, GENERATED)
    print(f"wrote {GENERATED.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
