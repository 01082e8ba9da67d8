"""``import avatarify`` animates videos and frames, opens sessions, and lists what there is."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

_CODE = """
import sys, avatarify
assert "torch" not in sys.modules and "cv2" not in sys.modules
assert "mona-lisa" in [portrait.name for portrait in avatarify.list_portraits()]
assert avatarify.list_models() and "openvino" in avatarify.list_runtimes()
report = avatarify.animate_video(sys.argv[1], sys.argv[2], "o.mp4", size=(320, 360))
import av
with av.open(sys.argv[2]) as film:
    frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
shown = list(avatarify.animate_frames(sys.argv[1], frames, size=(320, 360)))
assert len(shown) == len(frames) and shown[0].shape == (360, 320, 3)
with avatarify.live_session("demo", sys.argv[1], ["null"], size=(320, 360), frames=5) as session:
    session.wait(120)
assert session.frames >= 5, session.state
print(report["frames"], len(shown), session.frames)
"""


def check(kit: Kit) -> str:
    """Run a script that uses all of it."""
    command = [sys.executable, "-P", "-c", _CODE, str(kit.portrait()), str(kit.driver())]
    done = subprocess.run(command, cwd=kit.folder, env=kit.environment(), capture_output=True, text=True, check=False)
    expect(done.returncode == 0, done.stderr[-300:])
    return f"frames of a video, an array, a session: {done.stdout.strip()}"
