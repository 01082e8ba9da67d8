"""``build_engines`` with real builders (TensorRT-RTX, OpenVINO) and real processes."""

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import onnx
import pytest
from helpers.command import avatarify, error_line, start
from helpers.values import not_none

from avatarify.engines.build import Request, build_engines
from avatarify.engines.load import find_target, open_engines, options_for
from avatarify.engines.plans import PlanStore, default_store
from avatarify.engines.target import Watch
from avatarify.engines.tensorrt_target import check_capabilities
from avatarify.errors import EngineError, UsageError
from avatarify.locks import Cancelled
from avatarify.messages import Message
from avatarify.runtimes.probe import gpus
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model

RTX = ("tensorrt-rtx",)
Built = tuple[dict[str, Any], list[tuple[Message, float]]]
without_gpu = pytest.mark.skipif(bool(gpus()), reason="this machine has a GPU")


@pytest.fixture(scope="module")
def entry(cache: Path) -> ModelEntry:
    return open_model(RANDOM, "tiny")


@pytest.fixture(scope="module")
def built(entry: ModelEntry) -> Built:
    """All engines of a small full model, and the progress that was reported."""
    said = []
    report = build_engines(entry, Request(), Watch(lambda text, share: said.append((text, share))))
    return report, said


def states(report: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(one["target"], one["graph"]): one["state"] for one in report["engines"]}


def files(target: str) -> list[Path]:
    return sorted((default_store().folder).glob(f"{RANDOM}/{target}-*/*.plan"))


def test_every_graph_is_built_with_progress(built: Built) -> None:
    report, said = built
    for target in ("tensorrt-rtx", "openvino"):
        graphs = {graph.partition(".")[0] for of, graph in states(report) if of == target}
        assert graphs == {"keypoints", "encode", "frame" if target == "tensorrt-rtx" else "generate"}
    assert set(states(report).values()) == {"built"}
    assert len([share for text, share in said if "tensorrt-rtx" in text and 0 < share <= 1]) > 20
    assert any("'tensorrt'" in line or "for tensorrt:" in line for line in report["warnings"])


def test_engines_for_the_cpu_are_compared(built: Built) -> None:
    seen = built[0]["compared"]["openvino"]
    assert seen["frames"] == 10
    assert seen["keypoints"] < 0.01


@without_gpu
def test_without_a_gpu_its_engines_are_reported_as_not_compared(built: Built) -> None:
    assert "no NVIDIA driver" in built[0]["compared"]["tensorrt-rtx"]


def test_a_second_call_builds_nothing(entry: ModelEntry, built: Built) -> None:
    assert set(states(build_engines(entry, Request())).values()) == {"kept"}


@without_gpu
def test_without_a_driver_opening_engines_fails_with_the_reason(entry: ModelEntry, built: Built) -> None:
    with pytest.raises(EngineError, match="No NVIDIA driver"):
        open_engines(entry, find_target("tensorrt-rtx"))


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "truncated"),
        (lambda file: file.write_bytes(b"x" + file.read_bytes()[1:]), "damaged"),
        (lambda file: file.with_suffix(".json").unlink(), "its manifest cannot be read"),
        (lambda file: older(file.with_suffix(".json")), "built by tensorrt-rtx 0.1, but this is tensorrt-rtx"),
    ],
)
def test_one_invalid_plan_is_rebuilt_and_the_others_are_kept(
    entry: ModelEntry, built: Built, harm: Callable[..., Any], why: str
) -> None:
    harm(next(file for file in files("tensorrt-rtx") if file.stem == "encode"))
    report = build_engines(entry, Request(RTX))
    assert [one["graph"] for one in report["engines"] if one["state"] == "built"] == ["encode"]
    assert str(next(one["why"] for one in report["engines"] if one["graph"] == "encode")).startswith(why)
    assert set(states(build_engines(entry, Request(RTX))).values()) == {"kept"}


def older(manifest: Any) -> None:
    content = json.loads(manifest.read_text())
    content["key"]["builder"] = "tensorrt-rtx 0.1"
    manifest.write_text(json.dumps(content))


def test_compute_capabilities_are_part_of_the_key(entry: ModelEntry, built: Built, tmp_path: Path) -> None:
    store = PlanStore(tmp_path)
    first = build_engines(entry, Request(RTX, compute_capabilities=("8.9",), store=store))
    assert set(states(first).values()) == {"built"}
    again = build_engines(entry, Request(RTX, compute_capabilities=("8.9", "12.0"), store=store))
    assert "built for compute capability 8.9, but this is compute capability 8.9, 12.0" in again["engines"][0]["why"]


def test_a_stopped_build_keeps_finished_plans(entry: ModelEntry, built: Built, tmp_path: Path) -> None:
    said = []
    watch = Watch(lambda text, share: said.append(text), lambda: any("frame of" in text for text in said))
    with pytest.raises(Cancelled):
        build_engines(entry, Request(RTX, store=PlanStore(tmp_path)), watch)
    assert sorted(file.stem for file in tmp_path.rglob("*.plan")) == ["encode", "keypoints"]
    assert not list(tmp_path.rglob("*.part"))


def test_the_builders_log_is_in_the_error(entry: ModelEntry, built: Built, tmp_path: Path) -> None:
    target = find_target("tensorrt-rtx")
    broken = tmp_path / "encode.onnx"
    node = onnx.helper.make_node("NoSuchOperation", ["x"], ["y"], "strange")
    ports = [onnx.helper.make_tensor_value_info(name, 1, [1]) for name in "xy"]
    model = onnx.helper.make_model(onnx.helper.make_graph([node], "g", ports[:1], ports[1:]))
    onnx.save(model, broken)
    options = options_for(entry, target, "fp32")
    with pytest.raises(EngineError, match=r"tensorrt-rtx cannot build encode: .*NoSuchOperation"):
        target.build("encode", broken, options, Watch())


def test_a_missing_tensorrt_is_reported_with_the_command(entry: ModelEntry) -> None:
    with pytest.raises(EngineError, match=r"tensorrt: the package tensorrt is not installed \(pip install 'avatarify"):
        build_engines(entry, Request(("tensorrt",)))


def test_an_unknown_compute_capability_is_a_usage_error() -> None:
    assert check_capabilities(("12.0", "7.5")) == ("7.5", "12.0")
    with pytest.raises(UsageError, match=r"9\.9"):
        check_capabilities(("8.9", "9.9"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_builds_at_once_leave_one_valid_cache(cache: Path, tmp_path: Path) -> None:
    words = ("build-engines", "--target", "tensorrt-rtx", "--output", tmp_path, "--json")
    with ExitStack() as ended:
        running = [ended.enter_context(start(*map(str, words))) for _ in range(2)]
        for one in running:
            ended.callback(one.kill)  # before its pipes are waited for
        results = [one.communicate(timeout=560) for one in running]
    assert [one.returncode for one in running] == [0, 0], results
    reports = [json.loads(out) for out, _ in results]
    built = [sum(one["state"] == "built" for one in report["engines"]) for report in reports]
    assert sum(built) == 3
    assert any("waiting" in err for _, err in results)
    assert [one["state"] for one in json.loads(avatarify(*words).stdout)["engines"]] == ["kept"] * 3


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are another matter on Windows")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_process_killed_during_a_build_leaves_a_valid_cache(cache: Path, tmp_path: Path, how: signal.Signals) -> None:
    words = ("build-engines", "--target", "tensorrt-rtx", "--output", str(tmp_path))
    running = start(*words)
    for line in not_none(running.stderr):
        if "frame of" in line and "%" in line:
            break
    running.send_signal(how)
    _, err = running.communicate(timeout=120)
    assert running.returncode != 0
    assert "Traceback" not in err
    assert how == signal.SIGKILL or "stopped" in err
    done = avatarify(*words, "--json")
    assert done.returncode == 0, done.stderr
    state = {one["graph"]: one["state"] for one in json.loads(done.stdout)["engines"]}
    assert state == {"keypoints": "kept", "encode": "kept", "frame": "built"}
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_the_second_call_of_the_command_is_quick(cache: Path) -> None:
    assert avatarify("build-engines").returncode == 0
    started = time.monotonic()
    done = avatarify("build-engines", "--json")
    report = json.loads(done.stdout)
    assert {one["state"] for one in report["engines"]} == {"kept"}
    assert time.monotonic() - started < 20  # 2 s on an idle machine; a test is no benchmark
    assert report["seconds"] < time.monotonic() - started
    assert " generate: valid (" in avatarify("build-engines").stdout


def test_a_wrong_folder_is_reported_in_one_line(cache: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    done = avatarify("build-engines", "--target", "openvino", "--output", blocker / "x", "--compute-capability", "1.0")
    assert "compute capability 1.0" in error_line(done, 2)
