import threading

from avatarify.animate.options import Controls
from avatarify.live.command_queue import CommandQueue
from avatarify.live.commands import Freeze, LoadPortrait, SessionCommand, SetControls


def test_commands_come_in_order() -> None:
    queue = CommandQueue()
    commands: list[SessionCommand] = [Freeze(True), SetControls(Controls()), Freeze(False)]
    for command in commands:
        queue.put(command)
    assert [queue.get(0) for _ in range(4)] == [*commands, None]


def test_of_a_slider_only_the_newest_value_waits() -> None:
    queue = CommandQueue()
    for zoom in (1.0, 2.0, 3.0):
        queue.put(SetControls(Controls(zoom=zoom)))
        queue.put(Freeze(True))
    left = [queue.get(0) for _ in range(4)]
    assert [command for command in left if isinstance(command, SetControls)] == [SetControls(Controls(zoom=3.0))]
    assert left.count(Freeze(True)) == 3


def test_what_waits_is_done_after_closing_unless_it_is_discarded() -> None:
    kept, discarded = CommandQueue(), CommandQueue()
    for queue in (kept, discarded):
        queue.put(LoadPortrait("zoe"))
    kept.close()
    discarded.close(discard=True)
    kept.put(Freeze(True))
    assert not kept.done
    assert discarded.done
    assert [kept.get(), kept.get()] == [LoadPortrait("zoe"), None]
    assert kept.done


def test_closing_wakes_whoever_waits() -> None:
    queue = CommandQueue()
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(queue.get()))
    thread.start()
    queue.close()
    thread.join(60)
    assert got == [None]
