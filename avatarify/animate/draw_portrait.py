"""Makes a portrait of a photograph, in a style, as a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from avatarify import __version__
from avatarify.choices import PortraitStyle
from avatarify.errors import InputError, UsageError
from avatarify.face.face import Face
from avatarify.files import write_atomic
from avatarify.frames import U8

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_LONGEST_SIDE = 1280
_LONGEST_FACE = 480  # pixels from brows to chin, above which the picture is reduced: strokes would become too large
_DESCRIPTION, _SOFTWARE, _ARTIST, _COPYRIGHT = 0x010E, 0x0131, 0x013B, 0x8298  # EXIF tags


def draw_portrait(photo: Path, style: PortraitStyle, output: Path) -> dict[str, object]:
    """Draw a photograph in a style, and write it as a portrait.

    Args:
        photo: An image with a face.
        style: How to draw it.
        output: A .png, .jpg, or .webp file. It says how it was made, and keeps the artist and the copyright notice of
            the photograph.

    Returns:
        The report: ``portrait``, ``style``, ``size``, and ``face_found``, whether the face is found in the drawing.

    Raises:
        InputError: The photograph cannot be read or shows no face, or the file cannot be written.
        UsageError: The file is of another kind, or it is the photograph.
    """
    from avatarify.compose.styles.apply import stylized

    _check(photo, output)
    image, face = _sitter(photo)
    drawing = stylized(image, face, style)
    _write(output, drawing, photo, style)
    height, width = drawing.shape[:2]
    return {"portrait": str(output), "style": style, "size": f"{width}x{height}", "face_found": bool(_faces(drawing))}


def _check(photo: Path, output: Path) -> None:
    if output.suffix.lower() not in FORMATS:
        raise UsageError(
            "Cannot write a portrait to {file}.", "Choose a name that ends in .png, .jpg, or .webp.", file=output
        )
    if output.exists() and photo.exists() and output.samefile(photo):
        raise UsageError(
            "The output {file} is also an input and would be overwritten.", "Choose another output file.", file=output
        )


def _sitter(photo: Path) -> tuple[U8, Face]:
    """Read a photograph, not larger than a style needs, and find its face."""
    from avatarify.images import load_picture

    longest = _LONGEST_SIDE
    image = load_picture(photo, longest)
    faces = _faces(image)
    if faces and faces[0].height > _LONGEST_FACE:
        longest = round(max(image.shape) * _LONGEST_FACE / faces[0].height)
        image = load_picture(photo, longest)
        faces = _faces(image)
    if not faces:
        raise InputError(
            "No face was found in the photo {name}.", "Use one that shows a face from the front.", name=photo.name
        )
    return image, faces[0]


def _faces(image: U8) -> list[Face]:
    from avatarify.face.landmarker import FaceLandmarker

    with FaceLandmarker(mode="image", max_faces=5) as landmarker:
        return landmarker.find_faces(image)


def _write(output: Path, drawing: U8, photo: Path, style: str) -> None:
    from PIL import Image

    file, kind = io.BytesIO(), FORMATS[output.suffix.lower()]
    Image.fromarray(drawing).save(file, kind, quality=90, exif=_exif(photo, style))
    try:
        write_atomic(output, file.getvalue())
    except OSError as error:
        raise InputError(
            "Cannot write {file}: {reason}.", "Choose another file.", file=output, reason=error.strerror
        ) from error


def _exif(photo: Path, style: str) -> Any:
    """Return the drawing's EXIF data: how it was made, and whose photograph it was."""
    from PIL import Image

    exif = Image.Exif()
    with Image.open(photo) as opened:
        given = opened.getexif()
        for tag in (_ARTIST, _COPYRIGHT):
            if tag in given:
                exif[tag] = given[tag]
    exif[_SOFTWARE] = f"Avatarify {__version__}"
    exif[_DESCRIPTION] = f"Drawn from a photo, style {style}"
    return exif
