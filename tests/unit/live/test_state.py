import itertools
import threading
from typing import Any

import pytest

from avatarify.live.state import SessionState, StateHolder

S = SessionState
LIVE = (S.RUNNING, S.NO_FACE, S.CAMERA_LOST, S.CAMERA_BUSY, S.CAMERA_FROZEN, S.CAMERA_DARK, S.SINK_LOST)
ALLOWED = {
    (S.IDLE, S.STARTING), (S.IDLE, S.STOPPED),
    *((S.STARTING, state) for state in LIVE),
    *itertools.permutations(LIVE, 2),
    *((state, end) for state in (S.STARTING, *LIVE) for end in (S.STOPPING, S.FAILED)),
    (S.STOPPING, S.STOPPED), (S.STOPPING, S.FAILED),
}  # fmt: skip
WAY_TO = {
    S.IDLE: [],
    S.STARTING: [S.STARTING],
    **{state: [S.STARTING, state] for state in LIVE},
    S.STOPPING: [S.STARTING, S.STOPPING],
    S.STOPPED: [S.STOPPED],
    S.FAILED: [S.STARTING, S.FAILED],
}


@pytest.mark.parametrize(("start", "target"), list(itertools.product(S, S)))
def test_only_transitions_of_the_table_happen(start: SessionState, target: SessionState) -> None:
    reported: list[Any] = []
    holder = StateHolder(reported.append)
    for state in WAY_TO[start]:
        assert holder.move(state)
    del reported[:]
    allowed = (start, target) in ALLOWED
    assert holder.move(target) is allowed
    assert holder.state is (target if allowed else start)
    assert reported == ([target] if allowed else [])


def test_final_states_are_those_nothing_follows() -> None:
    assert {state for state in S if state.final} == {S.STOPPED, S.FAILED}
    assert {state for state in S if state.live} == set(LIVE)


def test_of_many_threads_one_wins() -> None:
    reported: list[Any] = []
    holder = StateHolder(reported.append)
    barrier = threading.Barrier(8)

    def start() -> None:
        barrier.wait()
        holder.move(S.STARTING)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reported == [S.STARTING]
