"""What each process loads once: mesh, rig, skins, hair, and the OpenGL context."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from avatarify.errors import InputError
from avatarify.synthetic.atlas import atlas_uv, read_picture
from avatarify.synthetic.attire import cloth_surface, lash_surface
from avatarify.synthetic.eyes import ball_points, eye_surface
from avatarify.synthetic.grown import grow_beard, grown_styles
from avatarify.synthetic.hair import HairTextures
from avatarify.synthetic.mesh import Floats, Ints, load_base_mesh, load_bone_weights, load_face_units, load_shapes
from avatarify.synthetic.occlusion import sky_seen
from avatarify.synthetic.proxies import Proxy, load_hair
from avatarify.synthetic.raster import Raster
from avatarify.synthetic.rig import Pose, Rig, RiggedBody
from avatarify.synthetic.skin import SkinMaker
from avatarify.synthetic.surface import Part, Pixels, Surface

_VIEWS = 40
_INSIDE = ((0.95, 0.12), (1.44, 0.62))  # depth in the mouth on the template, and its light


class Studio:
    """The assets that all people share.

    Attributes:
        raster: The renderer.
        rig: The rig.
        shapes: The morph targets of faces.
        skins: Makes skin textures.
        styles: Hair styles by name.
        hair_textures: Makes hair textures.
        backgrounds: Background images, RGB; may be empty.
    """

    def __init__(self, size: int, assets: Path | None) -> None:
        if assets is not None and not assets.is_dir():
            raise InputError(
                "The assets folder {assets} does not exist.",
                "Choose another one, or leave --assets out.",
                assets=assets,
            )
        self.raster = Raster(size)
        mesh = load_base_mesh()
        self.shapes = load_shapes()
        self.rig = Rig(mesh, load_face_units(), load_bone_weights(len(mesh.vertices)))
        self.skins = SkinMaker(mesh, assets)
        found = load_hair(assets) if assets and (assets / "model.npz").exists() else {}
        free = {name: style for name, style in found.items() if not hangs_before_eyes(style, self.rig)}
        self.styles = grown_styles(mesh) | free
        self.beard = grow_beard(mesh, self.rig.lips)
        self.hair_textures = HairTextures(assets)
        self.backgrounds = _backgrounds(assets)
        self.body_surface, self.body_uv = _body(self.rig)
        self.tongue_surface, self.tongue_points = _tongue(self.rig)
        self.cloth_surface, self.cloth_points = cloth_surface(mesh, self.rig.slot)
        self.eye_surface, self.ball = eye_surface(), ball_points()
        self.lash_surface = lash_surface(self.rig.eyes)
        self._light: dict[str, tuple[Floats, Floats]] = {}
        self._plain = self.raster.texture(np.full((4, 4, 4), 255, np.uint8))

    def light_on(self, style: str) -> tuple[Floats, Floats]:
        """Return the ambient light on the posed vertices and on the hair of a style; baked on first use."""
        if style not in self._light:
            self._light[style] = self._bake(style)
        return self._light[style]

    def _bake(self, style: str) -> tuple[Floats, Floats]:
        body = RiggedBody(self.rig, self.rig.mesh.vertices)
        expression = np.zeros(len(self.rig.names), np.float32)
        expression[self.rig.names.index("jawOpen")] = 0.25
        points = [body.face(Pose(expression))]
        scene = [self.raster.upload(self.body_surface, self._plain)]
        if style in self.styles:
            points.append(self.styles[style].place(body.shape))
            scene.append(self.raster.upload(self.styles[style].surface, self._plain))
        middle = body.eyes_middle - np.array([0, 0.35, 0.7], np.float32)
        seen = sky_seen(self.raster, scene, points, middle, _VIEWS)
        for drawn in scene:
            drawn.release()
        return self._mend(seen[0]), seen[1] if len(seen) > 1 else np.ones(0, np.float32)

    def _mend(self, seen: Floats) -> Floats:
        """Brighten the lids, which lie in folds when open, and darken the mouth toward the throat."""
        rig = self.rig
        template = rig.mesh.vertices[rig.kept]
        for lid in rig.eyes:
            near = np.exp(-((np.linalg.norm(template - lid.center, axis=1) / (1.6 * lid.radius)) ** 4))
            seen = np.maximum(seen, 0.8 * near)
            seen[rig.slot[lid.rings[:, lid.upper[1:-1]]]] *= 0.55  # the line of the lashes
            seen[rig.slot[lid.rings[0, lid.lower[1:-1]]]] *= 0.8
        inside = np.zeros(len(template), bool)
        inside[self._mouth()] = True
        (back, dark), (front, bright) = _INSIDE
        depth = np.clip((template[:, 2] - back) / (front - back), 0, 1)
        return np.where(inside, dark + (bright - dark) * depth, seen).astype(np.float32)

    def _mouth(self) -> Ints:
        """Return the posed vertices inside the mouth."""
        mesh, slot = self.rig.mesh, self.rig.slot
        x, y, z = mesh.vertices[self.rig.kept].T
        box = (np.abs(x) < 0.42) & (y > 6.15) & (y < 7.0) & (z > 0.55) & (z < 1.512)
        body = np.zeros(len(self.rig.kept), bool)
        body[slot[np.intersect1d(mesh.members("body"), self.rig.kept)]] = True
        outside = np.zeros(len(body), bool)
        outside[slot[self.rig.lips[:8]]] = True
        return np.flatnonzero(box & body & ~outside & (self._skin_depth() > 0))

    def _skin_depth(self) -> Floats:
        """Return 1 for vertices that the texture shows as the inside of the mouth, 0 for others."""
        rows, columns, _ = self.skins.places.shape
        points, uvs, _ = self.body_surface.corners
        x, y = (self.body_surface.uv[uvs] * [columns - 1, rows - 1]).astype(int).T
        depth = np.zeros(len(self.rig.kept), np.float32)
        np.maximum.at(depth, points, self.skins.inside[y, x])
        return depth


def _body(rig: Rig) -> tuple[Surface, Floats]:
    """The body's surface with texture coordinates in the atlas, and the mesh's own ones in the same order."""
    mesh = rig.mesh
    chosen = (mesh.groups == "body") & (rig.slot[mesh.quads] >= 0).all(1)
    own = mesh.uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    uv, index = atlas_uv(own, mesh.quad_uv[chosen])
    mesh_uv = np.zeros_like(uv)
    mesh_uv[index] = own[mesh.quad_uv[chosen]]
    return Surface(Part.BODY, rig.slot[mesh.quads[chosen]], uv, index), mesh_uv


def hangs_before_eyes(style: Proxy, rig: Rig) -> bool:
    """Return whether hair covers an eye; such a face would not be detected in a driving video either."""
    hair = style.place(rig.mesh.vertices)
    away = np.stack([hair - lid.center for lid in rig.eyes])
    return bool(((away[..., 2] > 0.02) & (np.abs(away[..., 0]) < 0.18) & (away[..., 1] < 0.05)).any())


def _tongue(rig: Rig) -> tuple[Surface, np.ndarray]:
    mesh = rig.mesh
    chosen = mesh.groups == "helper-tongue"
    points, faces = np.unique(rig.slot[mesh.quads[chosen]], return_inverse=True)
    uv = mesh.uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    return Surface(Part.TONGUE, faces.reshape(-1, 4), uv, mesh.quad_uv[chosen]), points


def _backgrounds(assets: Path | None) -> list[Pixels]:
    files = sorted((assets / "backgrounds").glob("*")) if assets else []
    return [read_picture(f)[..., :3] for f in files if f.suffix.lower() in (".jpg", ".jpeg", ".png")]
