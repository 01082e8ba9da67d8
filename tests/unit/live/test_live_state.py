import itertools
import threading

import pytest

from avatarify.live.state import SessionState, StateHolder

S = SessionState
ALLOWED = {
    (S.IDLE, S.STARTING), (S.IDLE, S.STOPPED),
    (S.STARTING, S.RUNNING), (S.STARTING, S.NO_FACE), (S.STARTING, S.CAMERA_LOST),
    (S.RUNNING, S.NO_FACE), (S.RUNNING, S.CAMERA_LOST),
    (S.NO_FACE, S.RUNNING), (S.NO_FACE, S.CAMERA_LOST),
    (S.CAMERA_LOST, S.RUNNING), (S.CAMERA_LOST, S.NO_FACE),
    *((state, end) for state in (S.STARTING, S.RUNNING, S.NO_FACE, S.CAMERA_LOST) for end in (S.STOPPING, S.FAILED)),
    (S.STOPPING, S.STOPPED), (S.STOPPING, S.FAILED),
}  # fmt: skip
WAY_TO = {
    S.IDLE: [],
    S.STARTING: [S.STARTING],
    S.RUNNING: [S.STARTING, S.RUNNING],
    S.NO_FACE: [S.STARTING, S.NO_FACE],
    S.CAMERA_LOST: [S.STARTING, S.CAMERA_LOST],
    S.STOPPING: [S.STARTING, S.STOPPING],
    S.STOPPED: [S.STOPPED],
    S.FAILED: [S.STARTING, S.FAILED],
}


@pytest.mark.parametrize(("start", "wanted"), list(itertools.product(S, S)))
def test_only_transitions_of_the_table_happen(start, wanted):
    told = []
    holder = StateHolder(told.append)
    for state in WAY_TO[start]:
        assert holder.move(state)
    del told[:]
    allowed = (start, wanted) in ALLOWED
    assert holder.move(wanted) is allowed
    assert holder.state is (wanted if allowed else start)
    assert told == ([wanted] if allowed else [])


def test_final_states_are_those_nothing_follows():
    assert {state for state in S if state.final} == {S.STOPPED, S.FAILED}
    assert {state for state in S if state.live} == {S.RUNNING, S.NO_FACE, S.CAMERA_LOST}


def test_of_many_threads_one_wins():
    told = []
    holder = StateHolder(told.append)
    barrier = threading.Barrier(8)

    def start():
        barrier.wait()
        holder.move(S.STARTING)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [S.STARTING]
