"""Everything that needs a rented GPU, in one call of under ten minutes.

``python tools/gpu_session.py prepare FOLDER`` gathers on any machine what a bare one lacks: this tree, the mesh that is
rendered, small packages. There, ``python FOLDER/tree/tools/gpu_session.py run OUT`` goes through the steps. Each has a
time limit, and ``OUT/report.json`` and ``OUT/log.txt`` are complete after each one. Without a GPU the same steps run on
the CPU, to rehearse them.

TensorRT-RTX is used where it is installed, or unpacked in ``FOLDER/rtx``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TREE = Path(__file__).resolve().parents[1]
TOOLS = TREE / "tools"
_STOP_S = 10.0  # from the first signal to the second


@dataclass(frozen=True)
class Step:
    """One program with a time limit.

    Attributes:
        name: As in the report.
        command: Arguments of Python.
        limit_s: It is stopped after so many seconds.
        kept: Files or folders of the work folder that go to the output folder.
    """

    name: str
    command: tuple[str, ...]
    limit_s: float
    kept: tuple[str, ...] = ()


def steps(args: argparse.Namespace, brought: Path, work: Path) -> list[Step]:
    """Return all steps, in their order."""
    minutes, small = args.minutes, ("--set", "sizes=tiny", "batch=4") if args.small else ()
    data, module = str(work / "data"), ("-m", "avatarify")
    render = ("dataset", "render", "--out", data, "--identities", str(args.people), "--frames", "8", "--seed", "7")
    vox = ("train", "vox-256", "--data", data, "--out", str(work / "vox"), "--minutes", str(minutes), *small)
    own = ("train", "mobile-256", "--data", data, "--out", str(work / "mobile"), "--minutes", str(minutes / 4))
    tests = ("-m", "pytest", "-c", str(TOOLS / "gpu_pytest.ini"), "-p", "no:cacheprovider", "-rA", "--durations=8")
    return [
        Step("look", (str(TOOLS / "gpu_look.py"),), 40),
        Step("tests", (*tests, str(TREE / "tests" / "gpu")), 150),
        Step(
            "measure",
            (str(TOOLS / "measure_gpu.py"), "--out", str(work / "measured.json")),
            120,
            ("measured.json",),
        ),
        Step(
            "convolutions",
            (str(TOOLS / "measure_convolutions.py"), "--out", str(work / "convolutions.json")),
            80,
            ("convolutions.json",),
        ),
        Step("batches", (str(TOOLS / "measure_batches.py"), "--sizes", "1", "4", "16"), 120),
        Step("render", (*module, *render, "--report", str(work / "render.json")), 80, ("render.json",)),
        Step(
            "vox-256",
            (*module, *vox, "--report", str(work / "vox.json")),
            60 * minutes + 60,
            ("vox.json", "vox/samples"),
        ),
        Step("mobile-256", (*module, *own), 60 * minutes + 60, ("mobile/model.safetensors",)),
        Step("tensorrt-rtx", (str(TOOLS / "gpu_tensorrt.py"),), 150),
    ]


def environment(brought: Path, work: Path) -> dict[str, str]:
    """Return the variables that the steps see: the brought tree and packages first, folders of their own."""
    site = os.pathsep.join(
        str(folder) for folder in (TREE, *(brought / name for name in ("site", "wheels", "rtx"))) if folder.is_dir()
    )
    own = {name: str(work / name.lower()) for name in ("CACHE", "DATA", "CONFIG")}
    paths = {f"AVATARIFY_{name}": folder for name, folder in own.items()} | {"AVATARIFY_GPU_CACHE": own["CACHE"]}
    old = os.environ.get("PYTHONPATH")
    return {**os.environ, **paths, "PYTHONPATH": f"{site}{os.pathsep + old if old else ''}", "PYTHONUNBUFFERED": "1"}


def run_step(step: Step, seen: dict[str, str], out: Path, work: Path) -> dict[str, Any]:
    """Run one step, append what it prints to the log, and keep its files."""
    begun = time.monotonic()
    with (out / "log.txt").open("a", encoding="utf-8") as log:
        log.write(f"\n=== {step.name}\n")
        log.flush()
        start = log.tell()
        process = subprocess.Popen([sys.executable, *step.command], stdout=log, stderr=log, env=seen, cwd=work)
        late = _wait(process, step.limit_s)
    for name in step.kept:
        _keep(work / name, out / Path(name).name)
    with (out / "log.txt").open(encoding="utf-8", errors="replace") as log:
        log.seek(start)
        tail = log.read().splitlines()[-12:]
    return {"rc": process.returncode, "late": late, "seconds": round(time.monotonic() - begun, 1), "tail": tail}


def _wait(process: subprocess.Popen[bytes], limit_s: float) -> bool:
    """Wait for the end, or stop it; whether it was late."""
    try:
        process.wait(limit_s)
        return False
    except subprocess.TimeoutExpired:
        process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return True


def _keep(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copyfile(source, target)


def run(args: argparse.Namespace) -> int:
    """Go through the steps that are asked for."""
    args.out.mkdir(parents=True, exist_ok=True)
    work = args.work or Path(tempfile.mkdtemp(prefix="avatarify-gpu-"))
    work.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {}
    brought, work = args.brought.resolve(), work.resolve()
    for step in steps(args, brought, work):
        if not args.steps or step.name in args.steps:
            report[step.name] = run_step(step, environment(brought, work), args.out, work)
            (args.out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
            sys.stdout.write(f"{step.name}: {json.dumps(report[step.name], indent=1)}\n")
            sys.stdout.flush()
    return int(any(done["rc"] for done in report.values()))


def main() -> int:
    """Prepare, or run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    prepare = commands.add_parser("prepare", help="gather what a bare machine lacks")
    prepare.add_argument("folder", type=Path)
    prepare.add_argument("--no-tree", action="store_true", help="leave out this tree, for a machine that has it")
    prepare.set_defaults(run=_prepare)
    session = commands.add_parser("run", help="go through the steps")
    session.add_argument("out", type=Path)
    session.add_argument(
        "--brought", type=Path, default=TREE.parent, help="what prepare made (default: around this tree)"
    )
    session.add_argument("--work", type=Path, help="caches and data (default: a new temporary folder)")
    session.add_argument("--steps", nargs="+", help="only these")
    session.add_argument("--minutes", type=float, default=1.0, help="of each training (default: 1)")
    session.add_argument("--small", action="store_true", help="train tiny networks, to rehearse")
    session.add_argument("--people", type=int, default=240, help="how many are rendered (default: 240)")
    session.set_defaults(run=run)
    args = parser.parse_args()
    return int(args.run(args))


def _prepare(args: argparse.Namespace) -> int:
    sys.path[:0] = [str(TREE), str(TOOLS)]
    from gpu_prepare import PARTS, prepare

    prepare(args.folder.resolve(), () if args.no_tree else PARTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
