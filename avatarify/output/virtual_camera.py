"""Sends pictures to a virtual camera. The only module that imports pyvirtualcam (GPL-2)."""

from __future__ import annotations

from typing import Any, Self

from avatarify.errors import DeviceError
from avatarify.frames import U8, Size
from avatarify.output import loopback
from avatarify.output.sink import check_size
from avatarify.output.virtual_devices import list_virtual_cameras, remedy

_OURS = "Avatarify"


class VirtualCamera:
    """A device that Zoom, Meet and the like take for a camera.

    Size and rate are fixed from opening to closing: readers of a device whose size changes show garbage.

    Args:
        size: Size of the pictures.
        fps: Their rate; what is sent decides, this is told to the device.
        device: Name or address of a virtual camera as ``list_virtual_cameras`` shows it; None takes the first free one,
            one called Avatarify before others.

    Raises:
        DeviceError: none can be opened; the hint is the remedy for this system.
    """

    def __init__(self, size: Size, fps: float, device: str | None = None) -> None:
        self._size = size
        self._camera: Any = _open(size, fps, device)
        self.device = str(self._camera.device)
        self.name = next((c.name for c in list_virtual_cameras() if c.device == self.device), self.device)

    def send(self, image: U8) -> None:
        """Show one picture, (H, W, 3) uint8 RGB of the size given at opening.

        Raises:
            DeviceError: the device was lost, or the camera was closed.
            InputError: the picture has another size.
        """
        check_size(image, self._size)
        if self._camera is None:
            raise DeviceError(f"The virtual camera {self.name} is closed.", "Open it again.")
        try:
            self._camera.send(image)
        except Exception as error:  # each back-end fails in its own way
            raise DeviceError(
                f"The virtual camera {self.name} was lost: {_line(error)}.", remedy(str(error))
            ) from error

    def close(self) -> None:
        """Give the device back; may be called twice."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
            loopback.revive(self.device, even_in_use=True)  # else a second run would not find it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _open(size: Size, fps: float, device: str | None) -> Any:
    try:
        import pyvirtualcam

        return pyvirtualcam.Camera(size.width, size.height, fps, device=_address(device))
    except Exception as error:  # back-ends raise whatever they like, and their libraries may not even load
        which = f"The virtual camera {device}" if device else "A virtual camera"
        raise DeviceError(f"{which} cannot be opened: {_line(error)}.", remedy(str(error))) from error


def _address(device: str | None) -> str | None:
    """Accept the name that meeting apps show where the system wants an address; choose where nothing was."""
    known = list_virtual_cameras()
    if device is None:
        ordered = sorted(known, key=lambda camera: camera.name != _OURS)
        return next((camera.device for camera in ordered if loopback.revive(camera.device)), None)
    address = next((camera.device for camera in known if device == camera.name), device)
    loopback.revive(address)
    return address


def _line(error: Exception) -> str:
    return (
        "; ".join(line.strip().rstrip(".") for line in str(error).splitlines() if line.strip()) or type(error).__name__
    )
