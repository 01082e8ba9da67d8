"""One rendered person: body, eyes, teeth, tongue, lashes, hair, and clothes, posed frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.synthetic import eyes
from avatarify.synthetic.attire import cloth_texture, lash_points, lash_texture
from avatarify.synthetic.hair import choose_style, hair_color
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.noise import cloudy
from avatarify.synthetic.props import draw_glasses, draw_occluder, place_occluder
from avatarify.synthetic.raster import Drawn
from avatarify.synthetic.rig import Pose, RiggedBody
from avatarify.synthetic.shape import Person, mix_person
from avatarify.synthetic.studio import Studio
from avatarify.synthetic.surface import Part, Pixels, Surface
from avatarify.synthetic.teeth import fit_row, teeth_rows, teeth_texture
from avatarify.synthetic.turn import rigid_fit

POINTS = 81
_CLOTH_THICKNESS = 0.06
_LASH_LENGTH = 0.075
_WEARS_GLASSES, _WEARS_BEARD = 0.2, 0.2
_MEETS_OCCLUDER, _COVERED = 0.16, 0.5  # fraction of people with an occluder, and of their frames that show it


@dataclass
class _Piece:
    """A surface in GPU memory with what is needed to move it."""

    drawn: Drawn
    light: Floats
    weight: Floats
    rest: Floats


class Actor:
    """A person in front of the camera.

    Attributes:
        scene: What to render.
        gloss: Shine of the skin: 0 matte, 1 oily.
        traits: Attributes of the person for ``clip.json``.
        lightness: CIE L of the skin.
        body: The body at rest.
        posed_body: (n, 3) the posed vertices in world space, for frames 0 and 1.
    """

    def __init__(self, studio: Studio, rng: np.random.Generator) -> None:
        self._studio = studio
        self._textures: list[Any] = []
        person = mix_person(studio.rig.mesh, studio.shapes, rng)
        self.body = RiggedBody(studio.rig, person.vertices)
        tone = studio.skins.tone(person, rng)
        self.lightness = tone.lightness
        color, color_name = hair_color(person, tone.dark, rng)
        style = choose_style(person, studio.styles, rng)
        body_light, hair_light = studio.light_on(style)
        skin = studio.skins.paint(person, tone, color, rng, style == "bald")
        eye, eye_name = eyes.eye_texture(tone.dark, rng)
        self._pieces: dict[str, _Piece] = {}
        self.posed_body = [self.body.rest, self.body.rest]
        weight = self.body.weight
        self._add("body", studio.body_surface, skin, body_light, weight, self.body.rest, studio.body_uv)
        cloth = studio.cloth_points
        self._add("cloth", studio.cloth_surface, cloth_texture(rng), self._below_collar(rng), weight[cloth])
        self._add("eyes", studio.eye_surface, eye, np.ones(2 * len(studio.ball), np.float32))
        self._add("tongue", studio.tongue_surface, _tongue_texture(rng), self._tongue_light())
        self._add_teeth(rng)
        self._add("lashes", studio.lash_surface, lash_texture(rng), np.ones(_points(studio.lash_surface), np.float32))
        if style in studio.styles:
            proxy = studio.styles[style]
            worn = proxy.surface.part == Part.CLOTH
            texture = cloth_texture(rng) if worn else studio.hair_textures.paint(style, proxy.surface, color, rng)
            hair_weight = np.clip(proxy.carry(studio.rig.head_weight), 0, 1)
            self._add("hair", proxy.surface, texture, hair_light, hair_weight, proxy.place(self.body.shape))
        self._beard = self._add_beard(person, color, rng)
        self._add_props(studio.skins.flat_color(tone), color, rng)
        self._tongue = float(rng.uniform(0.35, 0.65))  # its height, as a fraction of the base mesh's
        self.gloss = float(rng.uniform(0.25, 0.9))
        self._lash = _LASH_LENGTH * rng.uniform(0.5, 1) * (1.25 if person.male < 0.5 else 0.8) * self.body.head_size
        self.traits: dict[str, object] = {
            "skin": tone.name,
            "tone": round(tone.dark, 3),
            "hair": style,
            "hair_color": color_name,
            "eyes": eye_name,
            "male": round(person.male, 3),
            "old": round(person.old, 3),
            "origin": [round(v, 3) for v in person.origin],
            "beard": "beard" in self._pieces,
            "glasses": "glasses" in self._pieces,
            "occluder": self._occluder.name if self._occluder else "",
        }

    @property
    def scene(self) -> list[Drawn]:
        """The surfaces to render, in order."""
        return [piece.drawn for piece in self._pieces.values()]

    def pose(self, frame: int, pose: Pose) -> Floats:
        """Pose everything for frame 0 or 1 of a pair; return the key points in world space, (81, 3)."""
        body, rig, studio = self.body, self._studio.rig, self._studio
        face = body.face(pose)
        world = body.place(body.shrugged(face, pose), body.weight, pose)
        self._move("body", frame, world)
        self.posed_body[frame] = world
        normals = studio.cloth_surface.normals(world[studio.cloth_points])
        self._move("cloth", frame, world[studio.cloth_points] + normals * np.float32(_CLOTH_THICKNESS * body.head_size))
        self._move(
            "tongue", frame, body.place(self._lowered(face), np.ones(len(studio.tongue_points), np.float32), pose)
        )
        if "beard" in self._pieces:
            self._move("beard", frame, self._bearded(world))
        margins = tuple(face[rig.slot[lid.rings[0, lid.upper]]] for lid in rig.eyes)
        balls = eyes.turned_balls(studio.ball, body.eye_centers, body.eye_radius, pose.gaze)
        self._pieces["eyes"].light = eyes.lid_shade(balls, margins, body.eye_centers)
        self._on_head("eyes", frame, balls, pose)
        outer = tuple(face[rig.slot[lid.rings[1, lid.upper]]] for lid in rig.eyes)
        self._on_head("lashes", frame, lash_points(outer, body.eye_centers, self._lash), pose)
        self._pose_teeth(frame, face, pose)
        if "glasses" in self._pieces:
            self._on_head("glasses", frame, self._pieces["glasses"].rest, pose)
        if "hair" in self._pieces:
            hair = self._pieces["hair"]
            self._move("hair", frame, body.place(hair.rest, hair.weight, pose))
        return self._key_points(world, face, balls, pose)

    def release(self) -> None:
        """Free the GPU memory."""
        for piece in self._pieces.values():
            piece.drawn.release()
        for texture in self._textures:
            texture.release()

    def _add(
        self,
        name: str,
        surface: Surface,
        picture: Pixels,
        light: Floats,
        weight: Floats | None = None,
        rest: Floats | None = None,
        mesh_uv: Floats | None = None,
    ) -> None:
        texture = self._studio.raster.texture(picture)
        self._textures.append(texture)
        drawn = self._studio.raster.upload(surface, texture, mesh_uv)
        ones = np.ones(len(light), np.float32)
        self._pieces[name] = _Piece(drawn, light, ones if weight is None else weight, ones if rest is None else rest)

    def _add_beard(self, person: Person, color: Floats, rng: np.random.Generator) -> float:
        """Add a beard to some men; return its length on the chin."""
        length = float(rng.uniform(0.03, 0.14)) * self.body.head_size
        if person.male < 0.5 or rng.random() > _WEARS_BEARD:
            return 0.0
        beard, textures = self._studio.beard, self._studio.hair_textures
        texture = textures.paint("beard", beard.surface, color * np.float32(0.85), rng)
        self._add("beard", beard.surface, texture, np.full(len(beard.length), 0.8, np.float32))
        return length

    def _bearded(self, world: Floats) -> Floats:
        beard = self._studio.beard
        skin = world[self._studio.rig.slot[beard.pairs]].mean(1)
        away = (beard.length * self._beard + 0.008)[:, None]
        return np.asarray(skin + beard.surface.normals(skin) * away, np.float32)

    def _add_teeth(self, rng: np.random.Generator) -> None:
        mesh, picture = self._studio.rig.mesh, teeth_texture(rng)
        for name, row in zip(("upper teeth", "lower teeth"), teeth_rows(rng), strict=True):
            self._add(name, row.surface, picture, row.light, None, fit_row(row, mesh, self.body.shape))

    def _add_props(self, skin: Floats, hair: Floats, rng: np.random.Generator) -> None:
        body, rig = self.body, self._studio.rig
        if rng.random() < _WEARS_GLASSES:
            bridge, ears = rig.slot[rig.points[28][0]], [rig.slot[rig.points[k][0]] for k in (72, 73)]
            anchors = np.stack([*body.eye_centers, body.rest[bridge], *body.rest[ears]])
            glasses = draw_glasses(anchors, body.head_size, rng)
            ones = np.ones(len(glasses.points), np.float32)
            self._add("glasses", glasses.surface, glasses.picture, ones, ones, glasses.points)
        self._occluder = draw_occluder(skin, hair, rng) if rng.random() < _MEETS_OCCLUDER else None
        if self._occluder:
            ones = np.ones(len(self._occluder.points), np.float32)
            self._add("occluder", self._occluder.surface, self._occluder.picture, ones)

    def cover(self, frame: int, eye: Floats, points: Floats, rng: np.random.Generator) -> None:
        """Place the occluder, if any, in front of the face in some frames and out of view in the others.

        Args:
            frame: 0 or 1 of a pair, posed already.
            eye: (3,) camera position.
            points: (81, 3) key points in world space.
            rng: Decides when and where.
        """
        if self._occluder is None:
            return
        spot = eye + (eye - points[30])
        if rng.random() < _COVERED:
            target = points[int(rng.choice([8, 30, 36, 45, 48, 54, 57, 77, 78]))]
            toward = (eye - target) / np.linalg.norm(eye - target)
            aside = rng.uniform(-0.5, 0.5, 3) * self.body.head_size
            spot = target + aside + toward * rng.uniform(0.5, 1.1) * self.body.head_size
        self._move("occluder", frame, place_occluder(self._occluder, spot, rng))

    def _pose_teeth(self, frame: int, face: Floats, pose: Pose) -> None:
        rig = self._studio.rig
        members = rig.slot[rig.mesh.members("helper-lower-teeth")]
        turn, shift = rigid_fit(self.body.rest[members], face[members])
        self._on_head("upper teeth", frame, self._pieces["upper teeth"].rest, pose)
        self._on_head("lower teeth", frame, self._pieces["lower teeth"].rest @ turn.T + shift, pose)

    def _lowered(self, face: Floats) -> Floats:
        """Return the tongue lowered to the floor of the mouth, because the base mesh's tongue fills the whole mouth."""
        tongue = face[self._studio.tongue_points]
        tip = tongue[:, 2].max()
        sunk = tongue * np.array([1.05, self._tongue, 1], np.float32)
        sunk[:, 1] += (1 - self._tongue) * tongue[:, 1].min() - 0.015 * self.body.head_size
        sunk[:, 2] -= np.float32(0.05 * self.body.head_size) * (tongue[:, 2] > tip - 0.5)
        result: Floats = sunk
        return result

    def _on_head(self, name: str, frame: int, points: Floats, pose: Pose) -> None:
        self._move(name, frame, self.body.place(points, np.ones(len(points), np.float32), pose))

    def _move(self, name: str, frame: int, points: Floats) -> None:
        piece = self._pieces[name]
        self._studio.raster.move(piece.drawn, frame, points, piece.light)

    def _key_points(self, world: Floats, face: Floats, balls: Floats, pose: Pose) -> Floats:
        rig = self._studio.rig
        points = np.zeros((POINTS, 3), np.float32)
        numbers = np.array(list(rig.points))
        pairs = rig.slot[np.array(list(rig.points.values()))]
        points[numbers] = world[pairs].mean(1)
        ones = np.ones(8, np.float32)
        points[60:68] = self.body.place(rig.lip_field.points(face), ones, pose)
        points[79:81] = self.body.place(eyes.pupils(balls), ones[:2], pose)
        return points

    def _tongue_light(self) -> Floats:
        template = self._studio.rig.mesh.vertices[self._studio.rig.kept][self._studio.tongue_points]
        result: Floats = np.clip(0.25 + 1.1 * (template[:, 2] - 0.85), 0.12, 0.85).astype(np.float32)
        return result

    def _below_collar(self, rng: np.random.Generator) -> Floats:
        """Return how far below the collar each point of the cloth is; negative above it, where there is no cloth."""
        neck = self._studio.rig.mesh.joint("neck", self.body.shape)
        points, size = self.body.rest[self._studio.cloth_points], self.body.head_size
        forward = points[:, 2] - neck[2]
        collar = neck[1] + rng.uniform(-0.3, 0.2) * size - rng.uniform(0, 0.5) * forward
        result: Floats = np.clip(collar - points[:, 1], -1, 1).astype(np.float32)
        return result


def _points(surface: Surface) -> int:
    return int(surface.faces.max()) + 1


def _tongue_texture(rng: np.random.Generator) -> Pixels:
    color = np.array([196, 98, 98]) * rng.uniform(0.85, 1.1)
    picture = color + 7 * cloudy(rng, 32, 32, 0.8)[..., None]
    return np.dstack([np.clip(picture, 0, 255), np.full((32, 32), 255)]).astype(np.uint8)
