"""The body's texture atlas, in which the head gets most of the space, and resampling of images into it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from avatarify.errors import InputError
from avatarify.synthetic.mesh import BaseMesh, Floats, Ints
from avatarify.synthetic.surface import Pixels

HEIGHT, WIDTH, HEAD_WIDTH = 1024, 640, 512
_HEAD = (0.63, 0.17, 1.0, 1.0)  # left, top, right, bottom in the mesh's own layout, v down
_REST = (HEAD_WIDTH, 0, WIDTH, 256)  # where the whole own layout stands, small


def atlas_uv(uv: Floats, face_uv: Ints) -> tuple[Floats, Ints]:
    """Texture coordinates in the atlas of faces with the mesh's own ones (v down): new coordinates and indices."""
    corners = uv[face_uv]
    middle = corners.mean(1)
    left, top, right, bottom = _HEAD
    head = (middle[:, 0] > left) & (middle[:, 1] > top)
    in_head = (corners - [left, top]) / [right - left, bottom - top] * [HEAD_WIDTH / WIDTH, 1]
    in_rest = corners * [(_REST[2] - _REST[0]) / WIDTH, _REST[3] / HEIGHT] + [_REST[0] / WIDTH, _REST[1] / HEIGHT]
    placed = np.where(head[:, None, None], in_head, in_rest).reshape(-1, 2)
    unique, inverse = np.unique(placed.round(6), axis=0, return_inverse=True)
    return unique.astype(np.float32), inverse.reshape(face_uv.shape)


def to_atlas(picture: Pixels) -> Pixels:
    """Resample a square picture in the mesh's own layout to (1024, 640, …)."""
    high, wide = picture.shape[:2]
    left, top, right, bottom = _HEAD
    head = picture[round(top * high) : round(bottom * high), round(left * wide) : round(right * wide)]
    atlas = np.zeros((HEIGHT, WIDTH, *picture.shape[2:]), picture.dtype)
    atlas[:, :HEAD_WIDTH] = cv2.resize(head, (HEAD_WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    x0, y0, x1, y1 = _REST
    atlas[y0:y1, x0:x1] = cv2.resize(picture, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return atlas


def read_picture(file: Path) -> Pixels:
    """(H, W, 3 or 4) RGB or RGBA.

    Raises:
        InputError: the file is not an image.
    """
    picture = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.dtype != np.uint8:
        raise InputError("{file} is not an image with 8 bits per channel.", "Replace it, or leave it out.", file=file)
    if picture.ndim == 2:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    code = cv2.COLOR_BGRA2RGBA if picture.shape[2] == 4 else cv2.COLOR_BGR2RGB
    result: Pixels = cv2.cvtColor(picture, code)
    return result


def place_map(mesh: BaseMesh) -> Floats:
    """Return the position on the template of each texel of the atlas, (1024, 640, 3)."""
    body = mesh.groups == "body"
    uv, index = atlas_uv(_down(mesh.uv), mesh.quad_uv[body])
    quads = mesh.vertices[mesh.quads[body]]
    corners = (uv[index] * [WIDTH, HEIGHT]).astype(np.float32)
    places = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    keep = quads[:, :, 1].min(1) > 4.3
    for polygon, quad in zip(corners[keep], quads[keep], strict=True):
        cv2.fillConvexPoly(places, np.round(polygon).astype(np.int32), quad.mean(0).tolist())
    known = (places != 0).any(-1).astype(np.float32)
    near = cv2.GaussianBlur(places, (0, 0), 3) / np.maximum(cv2.GaussianBlur(known, (0, 0), 3), 1e-4)[..., None]
    filled = np.where(known[..., None] > 0, places, near)
    result: Floats = cv2.GaussianBlur(filled, (0, 0), 2.0)
    return result


def _down(uv: Floats) -> Floats:
    return uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)


def bump(places: Floats, middle: tuple[float, ...], spread: tuple[float, ...]) -> Floats:
    """Return a soft spot on the template that is 1 in its center (x, y or x, y, z)."""
    n = len(middle)
    away = (places[..., :n] - np.array(middle, np.float32)) / np.array(spread, np.float32)
    result: Floats = np.exp(-(away**2).sum(-1))
    return result


def both(places: Floats, middle: tuple[float, float, float], spread: tuple[float, float, float]) -> Floats:
    """Return soft spots on both sides of the face."""
    x, y, z = middle
    return bump(places, (x, y, z), spread) + bump(places, (-x, y, z), spread)


def beard_mask(p: Floats) -> Floats:
    """Return beard density, 0 to 1, at template positions (…, 3)."""
    chin = bump(p, (0, 6.46, 1.15), (0.74, 0.26, 0.85)) * 1.5
    lip = bump(p, (0, 6.80, 1.6), (0.27, 0.055, 0.4)) * 1.1
    mouth = bump(p, (0, 6.62, 1.6), (0.27, 0.085, 0.5)) * 1.7
    neck, cheek = np.clip((p[..., 1] - 6.1) * 5, 0, 1), np.clip((p[..., 2] - 0.3) * 3, 0, 1)
    result: Floats = np.clip(chin + lip - mouth, 0, 1) * neck * cheek
    return result
