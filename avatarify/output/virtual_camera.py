"""Sends pictures to a virtual camera. The only module that imports pyvirtualcam (GPL-2)."""

from __future__ import annotations

from typing import Any, Self

from avatarify.errors import VirtualCameraError, one_line
from avatarify.frames import U8, Size
from avatarify.output import loopback
from avatarify.output.sink import check_size
from avatarify.output.virtual_devices import list_virtual_cameras, remedy

_OURS = "Avatarify"


class VirtualCamera:
    """A device that Zoom, Meet and other programs list as a camera.

    Size and rate are fixed while it is open: programs that show a device whose size changes show garbage.

    Args:
        size: Size of the pictures.
        fps: The rate to announce to the device, frames per second; the real rate is that of ``send``.
        device: Name or address of a virtual camera, as in ``list_virtual_cameras``; None uses the first free one,
            preferably one named Avatarify.

    Raises:
        VirtualCameraError: no virtual camera can be opened; the hint is the remedy for this system.
    """

    def __init__(self, size: Size, fps: float, device: str | None = None) -> None:
        self._size = size
        self._camera: Any = _open(size, fps, device)
        self.device = str(self._camera.device)
        self.name = next((c.name for c in list_virtual_cameras() if c.device == self.device), self.device)

    def send(self, image: U8) -> None:
        """Send one picture.

        Args:
            image: (H, W, 3) uint8 RGB of the size given at opening.

        Raises:
            VirtualCameraError: the device was lost, or the camera was closed.
            InputError: the picture has another size.
        """
        check_size(image, self._size)
        if self._camera is None:
            raise VirtualCameraError("The virtual camera {name} is closed.", "Open it again.", name=self.name)
        try:
            self._camera.send(image)
        except Exception as error:  # each backend raises errors of its own
            raise VirtualCameraError(
                "The virtual camera {name} was lost: {reason}.",
                remedy(str(error)),
                name=self.name,
                reason=one_line(error),
            ) from error

    def close(self) -> None:
        """Release the device; may be called twice."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
            loopback.revive(self.device, even_in_use=True)  # otherwise a second run could not open it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _open(size: Size, fps: float, device: str | None) -> Any:
    try:
        import pyvirtualcam

        return pyvirtualcam.Camera(size.width, size.height, fps, device=_address(device))
    except Exception as error:  # each backend raises errors of its own, and its libraries may not even load
        raise _refusal(device, error) from error


def _refusal(device: str | None, error: Exception) -> VirtualCameraError:
    hint, reason = remedy(str(error)), one_line(error)
    if device:
        return VirtualCameraError(
            "Cannot open the virtual camera {device}: {reason}.", hint, device=device, reason=reason
        )
    return VirtualCameraError("Cannot open a virtual camera: {reason}.", hint, reason=reason)


def _address(device: str | None) -> str | None:
    """Return the address of the camera with this name; without a name, that of the preferred one."""
    known = list_virtual_cameras()
    if device is None:
        ordered = sorted(known, key=lambda camera: camera.name != _OURS)
        return next((camera.device for camera in ordered if loopback.revive(camera.device)), None)
    address = next((camera.device for camera in known if device == camera.name), device)
    loopback.revive(address)
    return address
