"""The picture that a host returns: how exact it is, how small, and what happens if it is damaged."""

import struct

import numpy as np
import pytest

from avatarify.frames import F32, Generated
from avatarify.remote.flow import pack_flow, unpack_flow
from avatarify.remote.picture import PictureDecoder, PictureEncoder
from avatarify.remote.protocol import ProtocolError


def smooth(side: int, seed: int, low: float = 0.0, high: float = 1.0) -> F32:
    import cv2

    small = np.random.default_rng(seed).uniform(low, high, (8, 8)).astype(np.float32)
    large = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(large, low, high), np.float32)


def flow_of(side: int, seed: int = 0) -> F32:
    """Return a flow as a network makes it: 64 x 64, upsampled, with a finer motion in one place."""
    import cv2

    coarse = np.dstack([smooth(64, seed, -1.2, 1.2), smooth(64, seed + 1, -1.2, 1.2)])
    flow = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_LINEAR)
    flow[side // 2 : side // 2 + 6, side // 3 : side // 3 + 9, 1] += 0.03
    return np.asarray(flow, np.float32)


def drawn(seed: int, *, matte: bool = True) -> Generated:
    image = np.dstack([smooth(256, seed + channel, 0, 255) for channel in range(3)]).astype(np.uint8)
    return Generated(image, flow_of(256, seed), smooth(256, seed + 5), smooth(128, seed + 6) if matte else None)


@pytest.mark.parametrize("side", [64, 256])
def test_a_flow_comes_back_within_a_thousandth(side: int) -> None:
    flow = flow_of(side)
    coarse, left = pack_flow(flow)
    assert np.abs(unpack_flow(coarse, left, side) - flow).max() <= 1 / 1024
    assert len(coarse) + len(left) < flow.astype(np.int16).nbytes


def test_the_fine_part_of_a_flow_is_needed() -> None:
    flow = flow_of(256)
    coarse, left = pack_flow(flow)
    assert left
    assert np.abs(unpack_flow(coarse, b"", 256) - flow).max() > 0.01


@pytest.mark.parametrize("matte", [True, False])
def test_each_of_many_pictures_comes_back_at_once(matte: bool) -> None:
    encoder, decoder = PictureEncoder(), PictureDecoder()
    sizes = []
    for number in range(12):
        sent = drawn(0, matte=matte)
        data = encoder.encode(number, sent)
        sizes.append(len(data))
        found, got = decoder.decode(data)
        assert found == number
        assert np.abs(got.image.astype(float) - sent.image).mean() < 3
        assert np.abs(got.visible - sent.visible).mean() < 0.02
        assert (got.matte is None) == (not matte)
        if got.matte is not None and sent.matte is not None:
            assert np.abs(got.matte - sent.matte).mean() < 0.02
    assert np.mean(sizes[1:]) < 20_000  # of 850 kB; real motion is smoother than this one


def spoiled(data: bytes, at: int, kind: str, value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(kind, changed, at, value)
    return bytes(changed)


def test_damaged_pictures_are_refused() -> None:
    data = PictureEncoder().encode(0, drawn(1))
    cases = [b"", data[:20], data[:-1], data + b"x", bytes(2_000_000)]
    cases += [spoiled(data, 8, "<H", side) for side in (0, 2, 255, 4096, 128)]  # of the image
    cases += [spoiled(data, 10, "<H", side) for side in (0, 128, 65534)]  # of the flow
    cases += [data[:32] + bytes(len(data) - 32)]
    for case in cases:
        with pytest.raises(ProtocolError):
            PictureDecoder().decode(case)


def test_a_flow_that_unpacks_to_more_is_refused() -> None:
    coarse, _ = pack_flow(flow_of(256))
    with pytest.raises(ProtocolError):
        unpack_flow(coarse, b"", 64 * 8)
    with pytest.raises(ProtocolError):
        unpack_flow(b"no zlib", b"", 64)
