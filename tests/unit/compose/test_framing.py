import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face
from helpers.values import not_none

from avatarify.compose.compositor import Compositor
from avatarify.compose.framing import FramedPortrait, frame_portrait, webcam_view
from avatarify.compose.passthrough import Passthrough
from avatarify.face.box import CropBox
from avatarify.frames import U8, Size

TALL = np.arange(200 * 100 * 3, dtype=np.uint32).reshape(200, 100, 3).astype(np.uint8)
BOX = CropBox(50, 60, 80)
HD = Size(1280, 720)
FACE = CropBox(240, 250, 400)  # chin at 330
GREEN = (10, 200, 30)


def bust(hair: int = 100) -> tuple[U8, U8]:
    """Return a picture of head and shoulders, 480 x 600, and its matte; the sides cut the shoulders."""
    matte = np.zeros((600, 480), np.uint8)
    cv2.ellipse(matte, (240, (hair + 330) // 2), (90, (330 - hair) // 2), 0, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.ellipse(matte, (240, 600), (300, 230), 0, 0, 360, 255, -1, cv2.LINE_AA)
    picture = np.full((600, 480, 3), (90, 110, 160), np.uint8)
    picture[:] += (np.random.default_rng(3).integers(0, 12, (600, 480, 1))).astype(np.uint8)
    picture[matte > 127] = (150, 60, 40)
    return picture, matte


def framed(zoom: float = 1.0, pan: tuple[float, float] = (0, 0), size: Size = HD) -> FramedPortrait:
    return frame_portrait(*bust(), FACE, size, zoom, pan)


@pytest.mark.parametrize("hair", [60, 100, 115])
@pytest.mark.parametrize("size", [HD, Size(640, 480), Size(1080, 1080)])
def test_the_head_takes_half_of_the_height_as_before_a_webcam(hair: int, size: Size) -> None:
    view = webcam_view(bust(hair)[1], FACE, Size(480, 600), size)
    assert 0.40 <= (330 - hair) / view.height <= 0.55
    assert 0.05 < (hair - view.y) / view.height < 0.27
    assert view.y + view.height <= 600.5
    assert view.x + view.width / 2 == pytest.approx(FACE.x)
    assert view.width / view.height == pytest.approx(size.width / size.height)


@pytest.mark.parametrize("matte", [True, False])
def test_the_frame_is_filled_and_shows_the_picture_where_it_is(matte: bool) -> None:
    picture, alpha = bust()
    shown = frame_portrait(picture, alpha if matte else None, FACE, HD, 1.0, (0, 0))
    height, width = shown.image.shape[:2]
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    left, top = round(FACE.x - shown.box.x), round(FACE.y - shown.box.y)
    middle = shown.image[-top if top < 0 else 0 :, -left : 480 - left]
    assert np.array_equal(middle, picture[max(0, top) : max(0, top) + len(middle)])
    assert shown.image[:150, :150].mean() > 100  # no dark bars
    assert (shown.matte is None) is not matte


def test_no_seam_shows_where_the_picture_ends() -> None:
    shown = framed()
    seam = round(shown.box.x - FACE.x)
    steps = np.abs(np.diff(shown.image.astype(int), axis=1)).mean(axis=(0, 2))
    assert steps[seam - 1] < 1.5 * np.median(steps)
    assert not_none(shown.matte)[-1, seam - 1] == 255


def test_cut_shoulders_are_continued_and_end() -> None:
    shown = framed()
    alpha = not_none(shown.matte) > 127
    seam = round(shown.box.x - FACE.x)
    tops = np.where(alpha.any(axis=0), alpha.argmax(axis=0), len(alpha))
    assert abs(tops[seam - 1] - tops[seam]) <= 3
    assert (np.diff(tops[:seam]) <= 0).all()  # the outline only falls away from the neck
    assert not alpha[:, : round(shown.box.x - 0.75 * FACE.size)].any()
    assert np.array_equal(alpha[:, :seam].any(), True)
    sleeve = shown.image[alpha & (np.arange(alpha.shape[1]) < seam)]
    assert np.abs(sleeve.astype(int) - (150, 60, 40)).mean() < 12


@pytest.mark.parametrize("background", [GREEN, "blurred"])
def test_another_background_fills_the_whole_frame(background: tuple[int, int, int]) -> None:
    shown = framed()
    compositor = Compositor(shown.image, shown.box, HD, matte=shown.matte, badge=False, background=background)
    still = compositor.idle_frame()
    for corner in (still[:100, :100], still[:100, -100:]):
        if background == GREEN:
            assert (corner == GREEN).all()
        else:
            assert corner.std(axis=(0, 1)).max() < 2
            assert np.abs(corner.mean(axis=(0, 1)) - (95, 115, 165)).max() < 5


def test_zooming_enlarges_and_panning_moves_the_visible_part() -> None:
    whole, near = framed(), framed(2.0)
    assert near.box.size / near.image.shape[0] == pytest.approx(2 * whole.box.size / whole.image.shape[0], rel=0.02)
    left, right, up, down = (framed(2.0, pan).box for pan in ((-1, 0), (1, 0), (0, -1), (0, 1)))
    assert left.x > near.box.x > right.x
    assert up.y > near.box.y > down.y


def test_hair_that_the_picture_cuts_off_stays_at_the_edge() -> None:
    picture, matte = bust(0)
    shown = frame_portrait(picture, matte, FACE, HD, 1.0, (0, 0))
    assert shown.box.y <= FACE.y
    assert not_none(shown.matte)[0].max() == 255


@pytest.mark.parametrize("size", [None, Size(320, 640)])
def test_a_tall_output_shows_the_whole_portrait(size: Size | None) -> None:
    shown = frame_portrait(TALL, None, BOX, size, 1.0, (0.7, -0.3))
    assert np.array_equal(shown.image, TALL)
    assert shown.box == BOX


@pytest.mark.parametrize(("pan", "left", "top"), [((-1, -1), 0, 0), ((1, 1), 75, 150), ((0, 0), 38, 75)])
def test_panning_moves_the_visible_part_of_a_tall_output(pan: tuple[int, int], left: int, top: int) -> None:
    shown = frame_portrait(TALL, TALL[..., 0], BOX, None, 4.0, pan)  # 50 rows and 25 columns
    assert shown.image.shape == (50, 25, 3)
    assert np.array_equal(shown.image, TALL[top : top + 50, left : left + 25])
    assert np.array_equal(not_none(shown.matte), shown.image[..., 0])
    assert (shown.box.x, shown.box.y, shown.box.size) == (50 - left, 60 - top, 80)


def test_a_portrait_without_a_matte_is_extended_too() -> None:
    shown = frame_portrait(drawn_face(400, 300, (150, 180), 200), None, CropBox(150, 180, 300), HD, 1.0, (0, 0))
    assert shown.matte is None
    assert shown.image.shape[1] / shown.image.shape[0] == pytest.approx(16 / 9, abs=0.01)


def test_the_camera_picture_is_fitted_flipped_and_marked() -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, :32] = 200
    shown = Passthrough(Size(640, 480), mirror=True).render(image)
    assert shown.shape == (480, 640, 3)
    assert shown[240, 500].tolist() == [200, 200, 200]
    plain = np.zeros((480, 640, 3), np.uint8)
    plain[:, 320:] = 200
    assert np.abs(shown[:60, :200].astype(int) - plain[:60, :200]).max() > 100  # the mark
    assert image.max() == 200
