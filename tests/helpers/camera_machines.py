"""Machines that are described, not had: what the three systems answer about cameras."""

import cv2

from avatarify.capture.camera_system import CameraSystem, ListedCamera

C920 = "usb-046d_HD_Pro_Webcam_C920_1234ABCD-video-index0"
_USB = r"\\?\usb#vid_046d&pid_082d&mi_00#7&2a8f3c1&0&0000#"
_BUILT_IN = r"\\?\usb#vid_04f2&pid_b6be&mi_00#6&1c0ab6d1&0&0000#"
_DSHOW, _MSMF = r"{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", r"{e5323777-f976-4f5b-9b94-b99c46ac1f1d}\global"

LINUX = CameraSystem(
    "linux",
    cameras=(
        ListedCamera(0, "Integrated Camera: Integrated C", "/dev/video0", 0x04F2, 0xB6BE, cv2.CAP_V4L2),
        ListedCamera(2, "HD Pro Webcam C920", "/dev/video2", 0x046D, 0x082D, cv2.CAP_V4L2),
        ListedCamera(8, "OBS Virtual Camera", "/dev/video8", None, None, cv2.CAP_V4L2),
        ListedCamera(9, "Avatarify", "/dev/video9", None, None, cv2.CAP_V4L2),
        ListedCamera(10, "Dummy video device (0x0000)", "/dev/video10", None, None, cv2.CAP_V4L2),
    ),
    ids={"/dev/video2": C920, "/dev/video0": "usb-Chicony_Integrated_Camera-video-index0"},
    loopbacks={"/dev/video8": "capture", "/dev/video9": "capture", "/dev/video10": "output"},
)
WINDOWS = CameraSystem(
    "win32",
    cameras=(
        ListedCamera(0, "Integrated Webcam", _BUILT_IN + _DSHOW, 0x04F2, 0xB6BE, cv2.CAP_DSHOW),
        ListedCamera(1, "HD Pro Webcam C920", _USB + _DSHOW, 0x046D, 0x082D, cv2.CAP_DSHOW),
        ListedCamera(2, "OBS Virtual Camera", "", None, None, cv2.CAP_DSHOW),
        ListedCamera(3, "Unity Video Capture", "", None, None, cv2.CAP_DSHOW),
        ListedCamera(4, "DroidCam Source 3", "", None, None, cv2.CAP_DSHOW),
        ListedCamera(0, "HD Pro Webcam C920", _USB + _MSMF, 0x046D, 0x082D, cv2.CAP_MSMF),
        ListedCamera(1, "Integrated Webcam", _BUILT_IN + _MSMF, 0x04F2, 0xB6BE, cv2.CAP_MSMF),
        ListedCamera(2, "Windows Virtual Camera", r"\\?\swd#vcamdevapi#1#" + _MSMF, None, None, cv2.CAP_MSMF),
    ),
)
MAC = CameraSystem(
    "darwin",
    cameras=(
        ListedCamera(0, "FaceTime HD Camera", "3F45E80A-0176-46F7-B185-BB9E2C0E82E3", None, None, cv2.CAP_AVFOUNDATION),
        ListedCamera(
            1, "Anna's iPhone Camera", "72A0F1D4-0000-0000-0000-000000000001", None, None, cv2.CAP_AVFOUNDATION
        ),
        ListedCamera(2, "OBS Virtual Camera", "7626645E-4425-469E-9D8B-97E0FA59AC75", None, None, cv2.CAP_AVFOUNDATION),
    ),
)
ALL = {"linux": LINUX, "win32": WINDOWS, "darwin": MAC}
