"""One person's clip: pairs of frames, rendered and written with their ground truth."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from avatarify.files import atomic_folder
from avatarify.synthetic import check, truth
from avatarify.synthetic.actor import Actor
from avatarify.synthetic.camera import perspective, project
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.motion import draw_poses
from avatarify.synthetic.rig import Pose, RiggedBody
from avatarify.synthetic.sensor import draw_sensor, film
from avatarify.synthetic.stage import Framing, draw_background, draw_framing, draw_light
from avatarify.synthetic.studio import Studio
from avatarify.synthetic.surface import Pixels

JPEG_QUALITY = 95
_FACE = slice(0, 68)
_INSIDE = 0.97
_ATTEMPTS = 5


@dataclass(frozen=True)
class RenderedClip:
    """A rendered clip.

    Attributes:
        pictures: F images (size, size, 3) uint8 RGB.
        truth: The arrays of ``truth.npz``.
        traits: Attributes for ``clip.json``.
        check: Deviation of the first pair's ground truth from its vertices, see ``check.measure``.
    """

    pictures: list[Pixels]
    truth: dict[str, Any]
    traits: dict[str, object]
    check: dict[str, float]


def clip_name(seed: int, identity: int) -> str:
    """Return the folder name of a clip."""
    return f"s{seed}-{identity:06d}"


def render_clip(studio: Studio, seed: int, identity: int, frames: int) -> RenderedClip:
    """Render one person; the same seed, identity, and studio give the same clip.

    Args:
        studio: The loaded assets.
        seed: Seed of the data set.
        identity: Index of the person.
        frames: Number of frames, even.
    """
    streams = np.random.default_rng([seed, identity]).spawn(5)
    actor = Actor(studio, streams[0])
    try:
        return _film(studio, actor, streams, frames, clip_name(seed, identity), seed)
    finally:
        actor.release()


def _film(
    studio: Studio, actor: Actor, streams: list[np.random.Generator], frames: int, name: str, seed: int
) -> RenderedClip:
    raster, (_, moves, place, sensing, covering) = studio.raster, streams
    framing = draw_framing(place)
    light, light_name = draw_light(place, actor.lightness)
    background, background_name = draw_background(place, raster.size, studio.backgrounds)
    backdrop = raster.texture(background, mipmaps=False)
    sensor = draw_sensor(sensing)
    eye, middle, camera = _camera(actor.body, framing)
    pictures: list[Pixels] = []
    rows: list[dict[str, Any]] = []
    measured: dict[str, float] = {}
    for pair in _pairs(draw_poses(moves, studio.rig.names, frames)):
        posed = [_fitted(actor, k, pose, camera) for k, pose in enumerate(pair)]
        for k, (_, points) in enumerate(posed):
            actor.cover(k, eye, points, covering)
        seen = [truth.Seen(*raster.truth(actor.scene, k, (camera, camera))) for k in (0, 1)]
        measured = measured or _checked(studio, actor, seen, camera, posed)
        for k, (pose, points) in enumerate(posed):
            picture = raster.shade(actor.scene, k, camera, eye, middle, light, actor.gloss, backdrop)
            pictures.append(film(picture, sensor, sensing))
            rows.append(_truth_row(pose, points, camera, seen[k], seen[1 - k]))
    backdrop.release()
    traits = {
        "frames": frames,
        "identity": name,
        "seed": seed,
        **actor.traits,
        "light": light_name,
        "background": background_name,
        "face_share": round(framing.share, 3),
    }
    return RenderedClip(pictures, {key: np.stack([row[key] for row in rows]) for key in rows[0]}, traits, measured)


def _checked(
    studio: Studio, actor: Actor, seen: list[truth.Seen], camera: Floats, posed: list[tuple[Pose, Floats]]
) -> dict[str, float]:
    corners, uvs, _ = studio.body_surface.corners
    vertices = (actor.posed_body[0][corners], actor.posed_body[1][corners])
    face = np.stack([project(camera, points[_FACE])[0] for _, points in posed])
    measured = check.measure((seen[0], seen[1]), camera, vertices, studio.body_uv[uvs], face)
    check.judge(measured)
    return measured


def _pairs(poses: list[Pose]) -> list[tuple[Pose, Pose]]:
    return list(zip(poses[::2], poses[1::2], strict=True))


def _camera(body: RiggedBody, framing: Framing) -> tuple[Floats, Floats, Floats]:
    """Return the camera position, the scene center, and the camera matrix."""
    size = body.head_size
    face = body.eyes_middle + np.array([0, -0.42, 0.1]) * size
    target = face + np.array([*framing.offset, 0]) * size
    way = np.array([np.sin(framing.side), np.sin(framing.height), np.cos(framing.height)])
    eye = target + way / np.linalg.norm(way) * framing.distance * size
    middle = face - np.array([0, 0, 0.7]) * size
    return eye, middle, perspective(eye, target, framing.angle)


def _fitted(actor: Actor, frame: int, pose: Pose, camera: Floats) -> tuple[Pose, Floats]:
    """Pose the actor; a face that is partly outside the image is moved inside."""
    for _ in range(_ATTEMPTS):
        points = actor.pose(frame, pose)
        places, depth = project(camera, points[_FACE])
        beyond = np.maximum(places.max(0) - _INSIDE, 0) + np.minimum(places.min(0) + _INSIDE, 0)
        if not beyond.any():
            break
        zoom = np.linalg.norm(camera[0, :3])
        move = -1.05 * depth.mean() / zoom / actor.body.head_size * np.array([beyond[0], -beyond[1], 0])
        pose = replace(pose, torso_shift=(pose.torso_shift + move).astype(np.float32))
    return pose, points


def _truth_row(pose: Pose, points: Floats, camera: Floats, here: truth.Seen, there: truth.Seen) -> dict[str, Any]:
    places, depth = project(camera, points)
    flow, visible = truth.flow_and_visible(here, there)
    return {
        "points": places,
        "depth": depth,
        "flow": flow,
        "visible": visible,
        "part": truth.part_map(here),
        "uv": truth.uv_map(here),
        "expression": pose.expression.astype(np.float16),
        "camera": camera,
        "pose": np.array(pose.head, np.float32),
    }


def write_clip(clip: RenderedClip, folder: Path) -> None:
    """Write a clip to ``folder``, which appears complete or not at all."""
    with contextlib.suppress(FileExistsError), atomic_folder(folder) as part:  # another process may be faster
        for number, picture in enumerate(clip.pictures):
            _, packed = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
            (part / f"{number:04d}.jpg").write_bytes(packed.tobytes())
        np.savez_compressed(part / "truth.npz", **clip.truth)
        (part / "clip.json").write_text(json.dumps(clip.traits, indent=1) + "\n")
