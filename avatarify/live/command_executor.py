"""Executes a session's commands on two threads, so that quick ones never wait for slow ones."""

from __future__ import annotations

import threading

from avatarify.errors import AvatarifyError
from avatarify.live.command_queue import CommandQueue
from avatarify.live.commands import CommandContext, SessionCommand
from avatarify.live.pipeline import Pipeline
from avatarify.live.problems import Problems

CHECK_S = 0.25


class CommandExecutor:
    """Prepares commands and passes their changes to the animation.

    Args:
        problems: Gets errors: AvatarifyError is survived, others end the session.

    Attributes:
        slow_thread: Prepares the commands that are ``slow``; None before ``run``.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._quick, self._slow = CommandQueue(), CommandQueue()
        self.slow_thread: threading.Thread | None = None

    def put(self, command: SessionCommand) -> None:
        """Execute a command as soon as possible; returns at once. For any thread."""
        (self._slow if command.slow else self._quick).put(command)

    def run(self, context: CommandContext, pipeline: Pipeline) -> None:
        """Execute quick commands on this thread until ``close``, and supervise camera and sink in between."""
        arguments = context, pipeline
        self.slow_thread = threading.Thread(target=self._run_slow, args=arguments, name="avatarify-slow", daemon=True)
        self.slow_thread.start()
        while not self._quick.done:
            command = self._quick.get(CHECK_S)
            if command is not None:
                self._execute(command, context, pipeline)
            elif not self._quick.done:
                pipeline.check()

    def close(self) -> None:
        """End after the quick commands that wait; slow ones that wait are dropped. For any thread."""
        self._slow.close(discard=True)
        self._quick.close()

    def join(self) -> None:
        """Wait for the slow command in progress."""
        if self.slow_thread is not None:
            self.slow_thread.join()

    def _run_slow(self, context: CommandContext, pipeline: Pipeline) -> None:
        try:
            while not self._slow.done:
                command = self._slow.get()
                if command is not None:
                    self._execute(command, context, pipeline)
        except Exception as error:  # noqa: BLE001 - whatever ends a thread ends the session, with its reason
            self._problems.fail(error)

    def _execute(self, command: SessionCommand, context: CommandContext, pipeline: Pipeline) -> None:
        try:
            change = command.prepare(context)
        except AvatarifyError as error:
            self._problems.report(error)
        else:
            if change is not None:
                pipeline.apply(change)
