"""The choice of runtime and its reasons, on machines that are described, not had."""

from dataclasses import replace

import pytest

from avatarify.errors import EngineError, UsageError
from avatarify.runtimes import choose
from avatarify.runtimes.choose import choose_runtime, list_runtimes
from avatarify.runtimes.probe import Report, probe

LAPTOP = Report("CPU", 2, False, "2.13.0+cpu", False, "2026.4", None, None)


class Opened:
    """Stands where a runtime would; only its name matters here."""

    def __init__(self, name):
        self.name, self.device = name, "somewhere"


@pytest.fixture(autouse=True)
def openers(monkeypatch):
    """Open nothing for real."""
    monkeypatch.setattr(
        choose,
        "_CANDIDATES",
        tuple((name, lambda entry, name=name: Opened(name), *rest) for name, _, *rest in choose._CANDIDATES),
    )


def test_a_laptop_without_a_gpu_gets_openvino_and_no_warning():
    chosen = choose_runtime(None, report=LAPTOP)
    assert chosen.runtime.name == "openvino"
    assert "no usable GPU" in chosen.reason
    assert chosen.refused == []


def test_a_gpu_is_never_left_unused_without_a_word():
    """The oldest complaint: a GPU in the machine, torch built for the CPU, and nobody says so."""
    chosen = choose_runtime(None, report=replace(LAPTOP, nvidia_driver=True))
    assert chosen.runtime.name == "openvino"
    assert "CPU build although an NVIDIA GPU is here" in chosen.refused[0]


def test_a_usable_gpu_is_used():
    report = replace(LAPTOP, nvidia_driver=True, torch="2.13.0", torch_cuda=True)
    assert choose_runtime(None, report=report).runtime.name == "torch-cuda"


def test_without_openvino_torch_runs_and_the_reason_is_told():
    chosen = choose_runtime(None, report=replace(LAPTOP, openvino=None))
    assert chosen.runtime.name == "torch"
    assert any("openvino is not installed" in reason for reason in chosen.refused)


def test_what_was_asked_for_is_opened_or_refused():
    assert choose_runtime(None, "torch", LAPTOP).runtime.name == "torch"
    with pytest.raises(EngineError, match="no NVIDIA driver"):
        choose_runtime(None, "torch-cuda", LAPTOP)


def test_an_unknown_runtime_is_a_wrong_command_line():
    with pytest.raises(UsageError, match="no runtime 'warp'") as caught:
        choose_runtime(None, "warp", LAPTOP)
    assert all(name in caught.value.hint for name in list_runtimes())


def test_a_runtime_that_fails_to_open_is_passed_over_and_told(monkeypatch):
    def fails(entry):
        raise EngineError("out of memory", "")

    name, _, *rest = choose._CANDIDATES[1]
    monkeypatch.setattr(choose, "_CANDIDATES", ((name, fails, *rest), choose._CANDIDATES[2]))
    chosen = choose_runtime(None, report=LAPTOP)
    assert chosen.runtime.name == "torch"
    assert "out of memory" in chosen.refused[0]


def test_the_probe_knows_this_machine():
    report = probe()
    assert report.threads >= 1
    assert report.torch.startswith("2.13.0")
    assert report.cpu
