"""Render surfaces with OpenGL on a machine without a display (EGL; Mesa's software renderer is enough)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.errors import AvatarifyError
from avatarify.synthetic import shaders
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.surface import Part, Pixels, Surface

TRUTH_SIZE = 192
SHADOW_SIZE = 320
OCCLUSION_SIZE = 256
_CULLED = (Part.BODY, Part.TEETH, Part.EYES, Part.TONGUE)
_BLENDED = (Part.HAIR, Part.LASH, Part.GLASSES)
_NO_SHADOW = (Part.LASH, Part.EYES, Part.TEETH, Part.TONGUE)
_CUT = {Part.HAIR: 0.35, Part.LASH: 0.05, Part.GLASSES: 0.05}
_TRUTH_CUT = {Part.HAIR: 0.5, Part.LASH: 0.35, Part.GLASSES: 0.3}


@dataclass(frozen=True)
class Light:
    """How a scene is lit.

    Attributes:
        directions: (3, 3) unit vectors toward the lights; the first casts shadows.
        colors: (3, 3) linear RGB of each.
        sky: (3,) light from above; ground: (3,) light from below.
        exposure: Factor on everything.
    """

    directions: Floats
    colors: Floats
    sky: Floats
    ground: Floats
    exposure: float


@dataclass
class Drawn:
    """A surface in GPU memory, with room for the two frames of a pair."""

    surface: Surface
    picture: Any
    frames: tuple[Any, Any]
    arrays: dict[tuple[str, int], Any]
    owned: list[Any]

    def release(self) -> None:
        """Free the memory."""
        for thing in self.owned:
            thing.release()


class Raster:
    """One OpenGL context with all programs and targets.

    Raises:
        AvatarifyError: moderngl or EGL is missing.
    """

    def __init__(self, size: int, supersampling: float = 1.25) -> None:
        self.size = size
        self._context = c = _open_context()
        c.front_face = "cw"  # cameras flip y
        self._programs = {
            "color": c.program(shaders.VERTEX, shaders.COLOR),
            "truth": c.program(shaders.VERTEX, shaders.TRUTH),
            "depth": c.program(shaders.VERTEX, shaders.DEPTH),
        }
        wide = round(size * supersampling)
        self._picture = c.framebuffer([c.renderbuffer((wide, wide), 4)], c.depth_renderbuffer((wide, wide)))
        self._wide = wide
        self._where = c.texture((TRUTH_SIZE,) * 2, 4, dtype="f4")
        self._what = c.texture((TRUTH_SIZE,) * 2, 4, dtype="f4")
        self._truth = c.framebuffer([self._where, self._what], c.depth_renderbuffer((TRUTH_SIZE,) * 2))
        self._shadow = c.depth_texture((SHADOW_SIZE,) * 2)
        self._shadow.compare_func = "<="
        self._shadow.repeat_x = self._shadow.repeat_y = False
        self._shadow_target = c.framebuffer(depth_attachment=self._shadow)
        self._depth = c.depth_texture((OCCLUSION_SIZE,) * 2)
        self._depth.compare_func = ""
        self._depth_target = c.framebuffer(depth_attachment=self._depth)
        self._background_program = c.program(shaders.BACKGROUND_VERTEX, shaders.BACKGROUND)
        corners = c.buffer(np.array([-1, -1, 3, -1, -1, 3], np.float32))
        self._whole = c.vertex_array(self._background_program, [(corners, "2f", "place")])

    def texture(self, picture: Pixels, mipmaps: bool = True) -> Any:
        """Upload a (H, W, 4) RGBA or (H, W, 3) RGB picture."""
        if picture.shape[2] == 3:
            picture = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
        texture = self._context.texture(picture.shape[1::-1], 4, np.ascontiguousarray(picture).tobytes())
        if mipmaps:
            texture.build_mipmaps()
        return texture

    def upload(self, surface: Surface, picture: Any, mesh_uv: Floats | None = None) -> Drawn:
        """Upload a surface.

        Args:
            surface: Its polygons.
            picture: A texture from ``texture``; it is not released with the surface.
            mesh_uv: (c, 2) other coordinates for the truth's uv map; the surface's own without.
        """
        c = self._context
        points, uvs, triangles = surface.corners
        frames = c.buffer(reserve=len(points) * 28), c.buffer(reserve=len(points) * 28)
        uv = c.buffer(np.ascontiguousarray(surface.uv[uvs], np.float32))
        own_uv = c.buffer(np.ascontiguousarray((surface.uv if mesh_uv is None else mesh_uv)[uvs], np.float32))
        index = c.buffer(triangles)
        arrays = {}
        for name, program in self._programs.items():
            for k in (0, 1):
                content = [
                    (frames[k], "3f 3f 1f", "place", "normal", "light"),
                    (uv, "2f", "uv"),
                    (own_uv, "2f", "mesh_uv"),
                    (frames[1 - k], "3f 4x4", "other_place"),
                ]
                arrays[name, k] = c.vertex_array(program, content, index, skip_errors=True)
        return Drawn(surface, picture, frames, arrays, [*frames, uv, own_uv, index, *arrays.values()])

    def move(self, drawn: Drawn, frame: int, points: Floats, light: Floats, normals: Floats | None = None) -> None:
        """Set the positions (n, 3) of a surface's points in frame 0 or 1, and the light they get (n,)."""
        if normals is None:
            normals = drawn.surface.normals(points)
        table = np.concatenate([points, normals, light[:, None]], 1).astype(np.float32)
        drawn.frames[frame].write(np.ascontiguousarray(table[drawn.surface.corners[0]]))

    def shade(
        self,
        scene: Sequence[Drawn],
        frame: int,
        camera: Floats,
        eye: Floats,
        middle: Floats,
        light: Light,
        gloss: float,
        background: Any,
    ) -> Pixels:
        """Render a frame, (size, size, 3) uint8 RGB."""
        from avatarify.synthetic.camera import parallel

        sun = parallel(middle + light.directions[0] * 12, middle, 2.7, 24)
        self._shadow_target.use()
        self._shadow_target.clear(depth=1.0)
        self._draw([d for d in scene if d.surface.part not in _NO_SHADOW], "depth", frame, sun, _TRUTH_CUT)
        self._picture.use()
        self._picture.clear(0, 0, 0, 1, depth=1.0)
        self._context.disable(self._context.DEPTH_TEST)
        background.use(0)
        self._background_program["picture"].value = 0
        self._whole.render()
        self._set_light(light, eye, gloss, sun)
        self._draw(scene, "color", frame, camera, _CUT, blend=True)
        pixels = np.frombuffer(self._picture.read(components=3, alignment=1), np.uint8)
        return _resize(pixels.reshape(self._wide, self._wide, 3), self.size)

    def truth(self, scene: Sequence[Drawn], frame: int, cameras: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Render the ground truth of a frame at 192 x 192.

        Returns:
            (192, 192, 4): place in the pair's other frame (x, y) and mesh uv (u, v); and (192, 192, 4): part, depth
            here, depth there, 1 where a surface is.
        """
        self._truth.use()
        self._truth.clear(0, 0, 0, 0, depth=1.0)
        program = self._programs["truth"]
        program["other_camera"].write(np.ascontiguousarray(cameras[1 - frame].T, np.float32))
        self._draw(scene, "truth", frame, cameras[frame], _TRUTH_CUT)
        shape = (TRUTH_SIZE, TRUTH_SIZE, 4)
        where, what = (np.frombuffer(t.read(), np.float32).reshape(shape) for t in (self._where, self._what))
        return where, what

    def depth(self, scene: Sequence[Drawn], frame: int, camera: Floats) -> Floats:
        """(256, 256) depth in [0, 1]."""
        self._depth_target.use()
        self._depth_target.clear(depth=1.0)
        self._draw(scene, "depth", frame, camera, _TRUTH_CUT)
        return np.frombuffer(self._depth.read(), np.float32).reshape((OCCLUSION_SIZE,) * 2)

    def _set_light(self, light: Light, eye: Floats, gloss: float, sun: Floats) -> None:
        program = self._programs["color"]
        self._shadow.use(1)
        program["shadow"].value = 1
        program["shadow_texel"].value = 1 / SHADOW_SIZE
        program["shadow_camera"].write(np.ascontiguousarray(sun.T, np.float32))
        program["to_light"].write(np.ascontiguousarray(light.directions, np.float32))
        program["light_color"].write(np.ascontiguousarray(light.colors, np.float32))
        for name, value in (("eye", eye), ("sky", light.sky), ("ground", light.ground)):
            program[name].value = tuple(map(float, value))
        program["gloss"].value = gloss
        program["exposure"].value = light.exposure

    def _draw(
        self,
        scene: Sequence[Drawn],
        name: str,
        frame: int,
        camera: Floats,
        cuts: dict[Part, float],
        blend: bool = False,
    ) -> None:
        c, program = self._context, self._programs[name]
        c.enable(c.DEPTH_TEST)
        program["camera"].write(np.ascontiguousarray(camera.T, np.float32))
        program["picture"].value = 0
        for drawn in scene:
            part = drawn.surface.part
            drawn.picture.use(0)
            if "part" in program:  # drivers remove uniforms that a program does not use
                program["part"].value = int(part)
            program["cut"].value = cuts.get(part, 0.0)
            flags = (c.CULL_FACE if part in _CULLED and name != "depth" else 0) | (
                c.BLEND if blend and part in _BLENDED else 0
            )
            c.enable(flags) if flags else None
            drawn.arrays[name, frame].render()
            c.disable(flags) if flags else None


def _open_context() -> Any:
    os.environ.setdefault("LP_NUM_THREADS", "1")  # one process per core renders faster than threads
    try:
        import moderngl
    except ImportError as error:
        raise AvatarifyError(
            "The package moderngl, which renders the images, is not installed.",
            "Install it with: pip install 'avatarify[render]'.",
        ) from error
    try:
        create: Any = moderngl.create_context  # its type stubs lack the backend argument
        return create(standalone=True, backend="egl")
    except Exception as error:  # moderngl raises plain Exceptions
        raise AvatarifyError(
            "Could not open OpenGL without a display: {reason}.",
            "On Debian and Ubuntu: apt-get install libegl1 libgl1-mesa-dri libgbm1.",
            reason=error,
        ) from error


def _resize(picture: Pixels, size: int) -> Pixels:
    import cv2

    if picture.shape[0] == size:
        return picture
    result: Pixels = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
    return result
