import threading

from avatarify.errors import DeviceError
from avatarify.live.problems import Problems
from avatarify.metrics import Metrics


def test_a_survived_error_is_a_warning_with_its_hint() -> None:
    metrics, heard, ended = Metrics(), list[Exception](), list[bool]()
    problems = Problems(metrics, heard.append, lambda: ended.append(True))
    error = DeviceError("The camera {name} was lost.", "Plug it in.", name="C920")
    problems.report(error)
    problems.report(ValueError("odd"))
    assert [str(warning) for warning in metrics.warnings] == ["The camera C920 was lost. Plug it in.", "odd"]
    assert metrics.warnings[0].values, "the warning can be translated"
    assert heard[0] is error
    assert (problems.failure, ended) == (None, [])


def test_the_first_failure_is_the_reason_and_the_only_one_that_is_reported() -> None:
    heard, ended = list[Exception](), list[bool]()
    problems = Problems(Metrics(), heard.append, lambda: ended.append(True))
    errors = [RuntimeError(str(number)) for number in range(8)]
    threads = [threading.Thread(target=problems.fail, args=[error]) for error in errors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert heard == [problems.failure]
    assert problems.failure in errors
    assert len(ended) == 8


def test_listeners_are_optional() -> None:
    problems = Problems(Metrics(), None, lambda: None)
    problems.fail(RuntimeError("alone"))
    assert str(problems.failure) == "alone"
