"""Stages on threads: the same items in the same order, errors where they belong, and an end in every case."""

import threading
from collections.abc import Iterable, Iterator

import pytest

from avatarify.animate.ahead import ahead
from avatarify.errors import InputError


def doubled(numbers: Iterable[int]) -> Iterator[int]:
    for number in numbers:
        yield 2 * number


def test_stages_one_after_the_other_keep_the_order() -> None:
    with ahead(range(500), "first") as first, ahead(doubled(first), "second", depth=1) as second:
        assert list(second) == list(range(0, 1000, 2))


def test_two_stages_work_at_once() -> None:
    first_at_3 = threading.Event()

    def numbers() -> Iterator[int]:
        for number in range(4):
            if number == 3:
                first_at_3.set()
            yield number

    with ahead(numbers(), "first") as items:
        assert next(items) == 0
        assert first_at_3.wait(60)  # although only one item was taken
        assert list(items) == [1, 2, 3]


def test_it_is_only_a_few_items_ahead() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number

    with ahead(numbers(), "first", depth=2) as items:
        for taken in range(20):
            next(items)
            assert len(made) <= taken + 5
    assert len(made) < 30


def test_an_error_arrives_after_the_items_before_it() -> None:
    def broken() -> Iterator[int]:
        yield from range(3)
        raise InputError("The video is damaged.", "Use another.")

    with ahead(broken(), "first") as first, ahead(doubled(first), "second") as second:
        assert [next(second) for _ in range(3)] == [0, 2, 4]
        with pytest.raises(InputError, match="damaged"):
            next(second)


def test_leaving_early_ends_every_thread() -> None:
    before = threading.active_count()

    def endless() -> Iterator[int]:
        while True:
            yield 1

    with ahead(endless(), "first") as first, ahead(doubled(first), "second") as second:
        assert next(second) == 2
    assert threading.active_count() == before
