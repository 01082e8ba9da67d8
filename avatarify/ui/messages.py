"""Errors and warnings that users of the window meet, as they stand in the code (see ``told``)."""

from __future__ import annotations

from avatarify.ui.words import QT_TRANSLATE_NOOP

FULL_STOP = QT_TRANSLATE_NOOP("Messages", "{}.")

SENTENCES = (
    # cameras
    QT_TRANSLATE_NOOP("Messages", "The camera {} did not answer within {} s."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} cannot be opened."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} gives no more pictures."),
    QT_TRANSLATE_NOOP("Messages", "There is no camera {}."),
    QT_TRANSLATE_NOOP("Messages", "'{}' is neither a camera, a file nor a folder."),
    QT_TRANSLATE_NOOP("Messages", "'{}' fits several cameras: {}."),
    QT_TRANSLATE_NOOP("Messages", "Write more of the name, or the number."),
    QT_TRANSLATE_NOOP("Messages", "No camera is connected; connect one, or use the word demo for the carried clip."),
    QT_TRANSLATE_NOOP("Messages", "There are: {}; demo plays the carried clip."),
    QT_TRANSLATE_NOOP("Messages", "The demo clip {} is missing."),
    QT_TRANSLATE_NOOP("Messages", "Install Avatarify again."),
    QT_TRANSLATE_NOOP("Messages", "The {} thread did not end within {} s."),
    QT_TRANSLATE_NOOP("Messages", "Unplug the camera or close the program that holds it, then start avatarify again."),
    QT_TRANSLATE_NOOP("Messages", "Close other programs that use it, or plug it in again."),
    QT_TRANSLATE_NOOP("Messages", "Close other programs that use it."),
    QT_TRANSLATE_NOOP("Messages", "Check its cable; it is opened again."),
    QT_TRANSLATE_NOOP("Messages", "Plug it in again."),
    QT_TRANSLATE_NOOP("Messages", "Plug it in again; it is opened as soon as it is back."),
    QT_TRANSLATE_NOOP("Messages", "Plug it in again, or restart the computer if it is built in."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} is not connected."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} was unplugged."),
    QT_TRANSLATE_NOOP("Messages", "No permission for the camera {} ({})."),
    QT_TRANSLATE_NOOP("Messages", "Run: sudo usermod -aG video $USER, then log in again."),
    QT_TRANSLATE_NOOP("Messages", "The system's settings do not let Avatarify use the camera {}."),
    QT_TRANSLATE_NOOP(
        "Messages", "Open Settings, Privacy & security, Camera, and let desktop apps access your camera."
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Open System Settings, Privacy & Security, Camera, allow the program that runs Avatarify, start again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "Allow it in the system's settings."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} is in use by {}."),
    QT_TRANSLATE_NOOP("Messages", "Close it, or use another camera."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} sees nothing but black."),
    QT_TRANSLATE_NOOP("Messages", "Open its privacy shutter, or give it light."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} shows the same picture for {} s."),
    QT_TRANSLATE_NOOP("Messages", "It is opened again; if that does not help, check its privacy switch or its cable."),
    QT_TRANSLATE_NOOP("Messages", "The camera {} has given no picture for {} s."),
    QT_TRANSLATE_NOOP("Messages", "If it does not go on by itself, unplug it and plug it in again."),
    QT_TRANSLATE_NOOP("Messages", "The camera's pictures changed from {} to {}."),
    QT_TRANSLATE_NOOP("Messages", "Look straight ahead for a moment."),
    # virtual camera
    QT_TRANSLATE_NOOP("Messages", "{} cannot be opened: {}."),
    QT_TRANSLATE_NOOP("Messages", "A virtual camera"),
    QT_TRANSLATE_NOOP("Messages", "The virtual camera {}"),
    QT_TRANSLATE_NOOP("Messages", "The virtual camera {} is closed."),
    QT_TRANSLATE_NOOP("Messages", "Open it again."),
    QT_TRANSLATE_NOOP("Messages", "The virtual camera {} was lost: {}."),
    QT_TRANSLATE_NOOP("Messages", "Run: {}"),
    QT_TRANSLATE_NOOP("Messages", "Close programs that use it, then run: {}"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Install OBS Studio 30 or newer into Applications, press 'Start Virtual Camera' in it, then restart.",
    ),
    QT_TRANSLATE_NOOP("Messages", "Start OBS, press 'Start Virtual Camera', allow its extension ({}), then restart."),
    QT_TRANSLATE_NOOP(
        "Messages", "Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once."
    ),
    QT_TRANSLATE_NOOP("Messages", "Start OBS once as administrator, press 'Start Virtual Camera', then stop it."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Another program sends to it, or one that showed it is still open: close both. "
        "If that does not help: sudo modprobe -r v4l2loopback, then {}",
    ),
    QT_TRANSLATE_NOOP(
        "Messages", "A program still shows a picture of another size: switch its camera off, or close it."
    ),
    QT_TRANSLATE_NOOP("Messages", "Another program sends to the OBS camera: stop the virtual camera in OBS."),
    QT_TRANSLATE_NOOP("Messages", "Avatarify already sends to it: stop the other session."),
    QT_TRANSLATE_NOOP("Messages", "Run 'avatarify doctor'."),
    # portraits
    QT_TRANSLATE_NOOP("Messages", "There is no portrait and no file '{}'."),
    QT_TRANSLATE_NOOP("Messages", "Portraits: {}; or give a picture file."),
    QT_TRANSLATE_NOOP("Messages", "No face was found in the portrait {}."),
    QT_TRANSLATE_NOOP(
        "Messages", "Use a picture in which a face is seen from the front, large enough and not covered."
    ),
    QT_TRANSLATE_NOOP("Messages", "The portrait {} shows {} faces; the largest is animated."),
    QT_TRANSLATE_NOOP(
        "Messages", "In the portrait {} nobody can be told from the background, which will bend with the head."
    ),
    QT_TRANSLATE_NOOP("Messages", "The picture {} breaks off in the middle."),
    QT_TRANSLATE_NOOP("Messages", "Copy or download it again."),
    QT_TRANSLATE_NOOP("Messages", "{} is not a picture that can be read."),
    QT_TRANSLATE_NOOP("Messages", "Use a PNG, JPEG, WebP, BMP or TIFF picture."),
    QT_TRANSLATE_NOOP("Messages", "The picture {} is only {}x{} pixels."),
    QT_TRANSLATE_NOOP("Messages", "Use a larger one."),
    QT_TRANSLATE_NOOP("Messages", "{} is a folder, not a picture."),
    QT_TRANSLATE_NOOP("Messages", "Name one picture in it."),
    QT_TRANSLATE_NOOP("Messages", "The picture {} does not exist."),
    QT_TRANSLATE_NOOP("Messages", "Check the name and the folder."),
    QT_TRANSLATE_NOOP("Messages", "The picture {} cannot be read: {}."),
    QT_TRANSLATE_NOOP("Messages", "Check its permissions."),
    # recordings and settings
    QT_TRANSLATE_NOOP("Messages", "The folder {} cannot be written to: {}."),
    QT_TRANSLATE_NOOP("Messages", "Use another."),
    QT_TRANSLATE_NOOP("Messages", "The folder {} does not exist."),
    QT_TRANSLATE_NOOP("Messages", "Create it first."),
    QT_TRANSLATE_NOOP("Messages", "{} cannot be written: {}."),
    QT_TRANSLATE_NOOP("Messages", "Free some space or use another disk."),
    QT_TRANSLATE_NOOP("Messages", "The snapshot {} cannot be written."),
    QT_TRANSLATE_NOOP("Messages", "Free some space or choose another folder."),
    QT_TRANSLATE_NOOP("Messages", "The folder {} cannot be made: {}."),
    QT_TRANSLATE_NOOP("Messages", "Choose another."),
    QT_TRANSLATE_NOOP("Messages", "The settings cannot be saved in {}: {}."),
    QT_TRANSLATE_NOOP("Messages", "Make the folder writable, or name another one in AVATARIFY_CONFIG."),
    QT_TRANSLATE_NOOP("Messages", "{} cannot be kept in {}"),
    QT_TRANSLATE_NOOP("Messages", "{} cannot be renamed"),
    QT_TRANSLATE_NOOP("Messages", "{} cannot be deleted"),
    QT_TRANSLATE_NOOP("Messages", "{} cannot be brought back"),
    QT_TRANSLATE_NOOP("Messages", "Free some room, or close what uses it."),
    # models and runtimes
    QT_TRANSLATE_NOOP("Messages", "The face model {} cannot be read."),
    QT_TRANSLATE_NOOP("Messages", "The face model {} is damaged."),
    QT_TRANSLATE_NOOP("Messages", "The weights {} cannot be read: {}."),
    QT_TRANSLATE_NOOP("Messages", "The weights {} are damaged: their SHA-256 is not the manifest's."),
    QT_TRANSLATE_NOOP("Messages", "No runtime can execute the model."),
    QT_TRANSLATE_NOOP("Messages", "The runtime {} cannot be used: {}."),
    QT_TRANSLATE_NOOP("Messages", "Use --runtime auto."),
    QT_TRANSLATE_NOOP("Messages", "{} is not used: {}."),
    QT_TRANSLATE_NOOP("Messages", "{} frames could not be animated: {}"),
    QT_TRANSLATE_NOOP("Messages", "an NVIDIA GPU is here"),
    QT_TRANSLATE_NOOP("Messages", "an NVIDIA RTX GPU is here"),
    QT_TRANSLATE_NOOP("Messages", "a GPU is reached through DirectML"),
    QT_TRANSLATE_NOOP("Messages", "a GPU is reached through CoreML"),
    QT_TRANSLATE_NOOP("Messages", "no usable GPU, and OpenVINO is fastest on a CPU"),
    QT_TRANSLATE_NOOP("Messages", "nothing faster can be used here"),
    QT_TRANSLATE_NOOP("Messages", "asked for"),
)

