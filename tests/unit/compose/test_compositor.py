"""The output picture: portrait, crop, mirror, badge."""

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face
from helpers.flow import flow, generated, identity

from avatarify.compose.badge import Badge
from avatarify.compose.compositor import Compositor
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated, Size

HD = Size(1280, 720)


def portrait() -> U8:
    picture = drawn_face(600, 450, (225, 260), 260)
    picture[:, :40] = (200, 30, 30)  # a mark that distinguishes left from right
    return picture


def still_and_moving(size: Size | None = HD, *, mirror: bool = False, badge: bool = True) -> tuple[U8, U8]:
    compositor = Compositor(portrait(), CropBox(225, 280, 360), size, mirror=mirror, badge=badge)
    return compositor.idle_frame(), compositor.render(generated(identity(64), visible=1.0))


@pytest.mark.parametrize("size", [HD, Size(640, 480), Size(720, 1280), None])
@pytest.mark.parametrize("mirror", [False, True])
def test_without_motion_the_idle_frame_is_shown(size: Size | None, mirror: bool) -> None:
    still, moving = still_and_moving(size=size, mirror=mirror)
    assert still.shape == moving.shape
    assert np.abs(still.astype(int) - moving).max() <= 1


def test_without_a_size_the_portrait_decides() -> None:
    assert still_and_moving(size=None, badge=False)[0].shape == (600, 450, 3)
    np.testing.assert_array_equal(still_and_moving(size=None, badge=False)[0], portrait())
    tall = Compositor(np.zeros((2160, 1001, 3), np.uint8), CropBox(500, 500, 400), None)
    assert tall.size == Size(500, 1080)
    assert tall.idle_frame().shape == (1080, 500, 3)


@pytest.mark.parametrize("size", [HD, Size(640, 360), Size(480, 854)])
def test_motion_is_measured_in_the_portraits_own_crop(size: Size) -> None:
    # a tenth of the crop to the right, wherever and however large the crop ends up on the canvas
    box, shift = CropBox(225, 280, 360), 0.1
    compositor = Compositor(portrait(), box, size, badge=False)
    still = compositor.idle_frame()
    moved = compositor.render(generated(flow(64, lambda x, y: (x - 2 * shift, y)), visible=1.0))
    scale = min(size.width / 450, size.height / 600)
    left, top = (size.width - 450 * scale) / 2, (size.height - 600 * scale) / 2
    center = np.array([box.x * scale + left, box.y * scale + top])
    reach, way = int(0.25 * box.size * scale), round(shift * box.size * scale)
    x, y = center.astype(int)
    found = still[y - reach : y + reach, x - reach : x + reach]
    search = moved[y - reach : y + reach, x - reach - way * 2 : x + reach + way * 2]
    scores = cv2.matchTemplate(search, found, cv2.TM_SQDIFF)[0]
    assert abs(int(scores.argmin()) - 2 * way - way) <= 1


def test_mirroring_flips_everything_but_the_badge() -> None:
    box, made = CropBox(240, 300, 300), generated(flow(64, lambda x, y: (x + 0.2 * y, y + 0.1 * x)), visible=0.7)
    made.image[:, :20] = (250, 250, 0)
    size = Size(450, 600)
    plain, mirrored = (
        Compositor(portrait(), box, size, mirror=mirror, badge=False).render(made) for mirror in (False, True)
    )
    assert np.abs(plain[:, ::-1].astype(int) - mirrored).max() <= 6
    assert np.abs(plain[:, ::-1].astype(int) - mirrored).mean() < 0.2
    assert np.abs(plain.astype(int) - mirrored).mean() > 5


def test_mirroring_flips_person_and_background_too() -> None:
    picture = portrait()
    matte = cv2.GaussianBlur(
        np.where(np.abs(picture.astype(int) - picture[5, 440]).max(2) > 40, 255, 0).astype(np.uint8), (0, 0), 1
    )
    box, size = CropBox(240, 300, 300), Size(450, 600)
    made = generated(flow(64, lambda x, y: (x + 0.15 + 0.1 * y, y)), visible=0.9)
    head = np.array([[1, 0.1, 0.15], [0, 1, 0]], np.float32)
    made = replace(made, head=head, matte=np.full((16, 16), 0.5, np.float32))
    plain, mirrored = (
        Compositor(picture, box, size, mirror=mirror, badge=False, matte=matte).render(made) for mirror in (False, True)
    )
    assert np.abs(plain[:, ::-1].astype(int) - mirrored).mean() < 0.5
    assert np.abs(plain.astype(int) - mirrored).mean() > 5


@pytest.mark.parametrize("mirror", [False, True])
def test_with_a_matte_and_no_motion_the_idle_frame_is_shown(mirror: bool) -> None:
    matte = np.zeros((600, 450), np.uint8)
    cv2.ellipse(matte, (225, 280), (110, 150), 0, 0, 360, 255, -1, cv2.LINE_AA)
    compositor = Compositor(
        portrait(), CropBox(225, 280, 360), HD, mirror=mirror, matte=cv2.GaussianBlur(matte, (0, 0), 3)
    )
    plain = Compositor(portrait(), CropBox(225, 280, 360), HD, mirror=mirror)
    moving = compositor.render(generated(identity(256), visible=1.0))
    assert np.abs(compositor.idle_frame().astype(int) - plain.idle_frame()).max() <= 1
    assert np.abs(moving.astype(int) - plain.idle_frame()).max() <= 1


def test_another_background_does_not_move_behind_the_person() -> None:
    matte = np.zeros((600, 450), np.uint8)
    cv2.ellipse(matte, (225, 280), (110, 150), 0, 0, 360, 255, -1, cv2.LINE_AA)
    box, green = CropBox(225, 280, 360), (10, 200, 30)
    compositor = Compositor(portrait(), box, None, matte=matte, badge=False, background=green)
    moved = compositor.render(generated(flow(64, lambda x, y: (x + 0.1, y)), visible=1.0))
    for picture in (compositor.idle_frame(), moved):
        assert (picture[20:60, 50:400] == green).all()


def test_a_generator_that_draws_every_pixel_draws_the_background_too() -> None:
    drawing = drawn_face(256, 256, (128, 128), 160)
    matte = np.full((256, 256), 255, np.uint8)
    compositor = Compositor(drawing, CropBox(128, 128, 256), Size(256, 256), badge=False, matte=matte)
    made = generated(identity(64), visible=np.zeros((64, 64), np.float32), color=(9, 8, 7))
    assert (compositor.render(made) == (9, 8, 7)).all()


def badge_of(mirror: bool) -> tuple[U8, tuple[slice, slice]]:
    compositor = Compositor(np.full((720, 1280, 3), 90, np.uint8), CropBox(640, 360, 500), HD, mirror=mirror)
    region = Badge(HD).region
    return compositor.render(generated(identity(64)))[region], region


def test_the_badge_is_readable_in_a_mirrored_picture() -> None:
    plain, region = badge_of(mirror=False)
    mirrored, _ = badge_of(mirror=True)
    np.testing.assert_array_equal(plain, mirrored)
    assert np.abs(plain.astype(int) - plain[:, ::-1]).max() > 100  # its letters would show if it were turned
    assert region[0].stop <= 720
    assert region[1].stop <= 1280


def test_the_badge_is_blended_once() -> None:
    still, moving = still_and_moving(size=HD)
    clean, _ = still_and_moving(size=HD, badge=False)
    rows, columns = Badge(HD).region
    expected = clean.copy()
    Badge(HD).stamp(expected)
    np.testing.assert_array_equal(still, expected)
    assert np.abs(moving.astype(int) - expected).max() <= 1
    outside = np.ones(still.shape[:2], bool)
    outside[rows, columns] = False
    np.testing.assert_array_equal(still[outside], clean[outside])


def cut_out() -> U8:
    """A matte whose outline crosses the badge's place, too."""
    matte = np.zeros((600, 450), np.uint8)
    cv2.ellipse(matte, (225, 280), (110, 150), 0, 0, 360, 255, -1, cv2.LINE_AA)
    matte[430:, 100:] = 255
    return np.asarray(cv2.GaussianBlur(matte, (0, 0), 3), np.uint8)


def frames() -> list[Generated]:
    """Far to the left, far to the right, not at all, drawn in full by the generator, and turned."""
    full = generated(identity(64), visible=np.zeros((64, 64), np.float32))
    takes = (lambda x, y: (x + 0.3, y), lambda x, y: (x - 0.3, y - 0.2), lambda x, y: (x, y))
    turned = generated(flow(64, lambda x, y: (x + 0.2 * y, y - 0.2 * x)), visible=0.6)
    return [*(generated(flow(64, each), visible=1.0) for each in takes), full, turned]


@pytest.mark.parametrize(("size", "mirror"), [(Size(320, 180), False), (Size(240, 320), True)])
def test_a_used_buffer_shows_nothing_of_earlier_frames(size: Size, mirror: bool) -> None:
    def fresh() -> Compositor:
        return Compositor(portrait(), CropBox(225, 280, 360), size, mirror=mirror, matte=cut_out())

    used, made = fresh(), frames()
    expected = [fresh().render(frame) for frame in made]
    for number in [0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 0, 2]:
        address = used.render(made[number]).ctypes.data  # nobody keeps it: the next one is drawn into the same memory
        picture = used.render(made[number])
        assert picture.ctypes.data == address
        np.testing.assert_array_equal(picture, expected[number])


def test_a_picture_that_anybody_still_has_is_never_changed() -> None:
    compositor = Compositor(portrait(), CropBox(225, 280, 360), Size(640, 360), matte=cut_out())
    kept = [compositor.render(frame) for frame in frames() * 3]  # more pictures than buffers
    views = [picture[50:300:2, 150:450].data for picture in kept]
    before = [np.array(view) for view in views]
    del kept
    for frame in frames() * 3:
        compositor.render(frame)
    for view, expected in zip(views, before, strict=True):
        np.testing.assert_array_equal(np.asarray(view), expected)


def test_pictures_cannot_be_written_to() -> None:
    compositor = Compositor(portrait(), CropBox(225, 280, 360), HD)
    for picture in (compositor.idle_frame(), compositor.render(generated(identity(32)))):
        with pytest.raises(ValueError, match="read-only"):
            picture[:] = 0


def test_memory_does_not_grow_when_many_pictures_are_kept_for_a_while() -> None:
    compositor = Compositor(portrait(), CropBox(225, 280, 360), Size(64, 64))
    many = [compositor.render(generated(identity(32))) for _ in range(50)]
    addresses = {picture.ctypes.data for picture in many}
    assert len(addresses) == 50
    del many
    again = [compositor.render(generated(identity(32))).ctypes.data for _ in range(50)]
    assert len(set(again)) == 1


def test_the_box_may_extend_far_beyond_the_picture() -> None:
    compositor = Compositor(portrait(), CropBox(225, 280, 1400), HD)
    moved = compositor.render(generated(flow(64, lambda x, y: (x + 0.05, y + 0.05)), visible=0.9))
    assert moved.shape == (720, 1280, 3)
    bars = compositor.idle_frame()[:, :300]
    np.testing.assert_array_equal(moved[:, :300], bars)


def test_a_full_size_generator_works_too() -> None:
    drawing = drawn_face(256, 256, (128, 128), 160)
    compositor = Compositor(drawn_face(256, 256, (128, 128), 160), CropBox(128, 128, 256), Size(512, 512), badge=False)
    made = generated(identity(64), visible=np.zeros((64, 64), np.float32), image=drawing)
    expected = cv2.resize(drawing, (512, 512), interpolation=cv2.INTER_LINEAR).astype(int)
    assert np.abs(compositor.render(made).astype(int) - expected).max() <= 2


def test_a_frame_takes_few_milliseconds_of_cpu_time() -> None:
    compositor = Compositor(cv2.resize(portrait(), (1280, 720)), CropBox(640, 360, 720), HD)
    made = generated(flow(64, lambda x, y: (x + 0.1 * np.cos(y), y)), visible=0.8)
    compositor.render(made)
    threads, times = cv2.getNumThreads(), []
    cv2.setNumThreads(1)
    for _ in range(10):
        started = time.thread_time()
        compositor.render(made)
        times.append(time.thread_time() - started)
    cv2.setNumThreads(threads)
    assert min(times) < 0.020  # 2 ms where it was measured
