"""A stage of drawing: one item in progress, one that waits, and none that is older than a pause."""

import threading
from collections.abc import Iterator

import pytest
from helpers.fakes import EchoAnimator, GatedSource
from helpers.sessions import make_session, until

from avatarify.animate.animator import DetectedPose
from avatarify.animate.step import GeneratedFrame, OutputPicture
from avatarify.frames import Generated
from avatarify.live.stage import Stage


class Worker:
    """Keeps what it was given; item ``held`` waits for ``released``."""

    def __init__(self, held: int = -1) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.held, self.released = held, threading.Event()

    def __call__(self, item: int) -> bool:
        self.begun.append(item)
        if item == self.held:
            assert self.released.wait(60)
        self.done.append(item)
        return True


class Drawn(EchoAnimator):
    """Keeps the numbers of the frames that were drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []

    def draw(self, pose: DetectedPose) -> Generated:
        self.drawn.append(pose.frame.index)
        return super().draw(pose)


def test_items_are_worked_on_beside_the_thread_that_puts_them() -> None:
    worker, stop = Worker(held=1), threading.Event()
    stage = Stage(worker, stop=stop)
    thread = threading.Thread(target=stage.run)
    thread.start()
    stage.put(1)
    until(lambda: worker.begun == [1])
    stage.put(2)
    assert worker.done == []
    worker.released.set()
    stage.wait_for_room()
    stage.close()
    thread.join(60)
    assert worker.done == [1, 2]
    assert stage.mean_s > 0


def test_without_a_thread_of_its_own_putting_works() -> None:
    worker = Worker()
    Stage(worker, stop=threading.Event(), own_thread=False).put(1)
    assert worker.done == [1]


def test_an_item_from_before_a_pause_is_discarded() -> None:
    worker = Worker()
    stage = Stage(worker, stop=threading.Event())
    stage.put(1)
    with stage.pause():
        pass
    stage.close()
    stage.run()
    assert (worker.done, stage.discarded) == ([], 1)


def test_a_stopped_stage_waits_for_nothing() -> None:
    stop = threading.Event()
    stage = Stage(Worker(), stop=stop)
    stage.put(1)
    stop.set()
    stage.wait_for_room()
    stage.run()
    assert not stage.free_at > 0


def test_the_next_frame_is_generated_while_one_is_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    source, animator = GatedSource(), Drawn()
    session, log = make_session(source, animator=animator)
    step, composing, released = log.animation.step, threading.Event(), threading.Event()
    whole = step.compose

    def compose(made: GeneratedFrame, *, between: bool = False) -> Iterator[OutputPicture]:
        composing.set()
        assert released.wait(60)
        yield from whole(made, between=between)

    monkeypatch.setattr(step, "compose", compose)
    session.start()
    source.permits.release()
    assert composing.wait(60)
    source.permits.release()
    until(lambda: animator.drawn == [0, 1])
    assert log.pictures == []
    released.set()
    until(lambda: log.pictures[-1:] == [1])
    session.stop()
