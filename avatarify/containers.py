"""Opens videos and streams with FFmpeg, which would take ``tcp:1.mp4`` for an address and follow what a file names."""

from __future__ import annotations

import os
from typing import Any

SCHEMES = ("rtsp", "rtsps", "http", "https", "rtmp", "udp", "tcp", "srt")
# Formats of one file or stream. Those that open others (concat, sdp, dash, imf) or expand names are not among them.
_FORMATS = (
    "3g2,3gp,aac,aiff,apng,asf,av1,avi,bmp_pipe,cavsvideo,dhav,dirac,dnxhd,dv,flac,flv,gif,gxf,h261,h263,h264,hevc,"
    "image2,ivf,ivr,j2k_pipe,jpeg_pipe,kux,live_flv,m4v,matroska,mjpeg,mjpeg_2000,mov,mp3,mp4,mpeg,mpegts,mpegvideo,"
    "mpjpeg,mxf,nsv,nut,obu,ogg,png_pipe,rm,swf,tiff_pipe,vc1,vvc,wav,webm,webp_pipe,wtv,yuv4mpegpipe"
)
_STREAMS = f"{_FORMATS},hls,rtsp"
# What an address may lead to, by redirection or inside a playlist: its own kind, and what that is transported by.
_WEB, _RTMP = "http,https,httpproxy,tls,tcp,crypto,data", "rtmp,rtmpe,rtmps,rtmpt,rtmpte,rtmpts,ffrtmphttp,tls,tcp"
_PROTOCOLS = {"http": _WEB, "https": _WEB, "rtsp": "rtsp,tls,tcp", "rtsps": "rtsp,rtsps,tls,tcp", "rtmp": _RTMP}


def open_file(path: str | os.PathLike[str]) -> Any:
    """Open a video file to read it; return PyAV's container.

    Nothing else is opened: no file, address, or port that its content names.

    Raises:
        OSError: It is missing or no video (``av.error.FFmpegError`` is one).
        ValueError: The name cannot be used.
    """
    import av

    allowed = {"protocol_whitelist": "file", "format_whitelist": _FORMATS, "pattern_type": "none"}
    return av.open(_address(path), options=allowed)


def create_file(path: str | os.PathLike[str], kind: str, options: dict[str, str]) -> Any:
    """Open a file to write a video; return PyAV's container.

    Args:
        path: The file.
        kind: FFmpeg's name of the format, such as ``mp4``.
        options: Of the format.

    Raises:
        OSError: It cannot be written.
        ValueError: The name cannot be used.
    """
    import av

    return av.open(_address(path), "w", format=kind, options=options)


def open_address(address: str, options: dict[str, str], timeout_s: tuple[float, float]) -> Any:
    """Open a stream; return PyAV's container.

    Redirections and playlists lead to addresses of the same kind only; nothing opens a port.

    Args:
        address: Begins with one of ``SCHEMES``.
        options: Of the format.
        timeout_s: For opening and for reading.

    Raises:
        OSError: The server does not respond, or sends no video.
        ValueError: The address cannot be used.
    """
    import av

    scheme = address.partition(":")[0].casefold()
    allowed = {"protocol_whitelist": _PROTOCOLS.get(scheme, scheme), "format_whitelist": _STREAMS}
    return av.open(address, options=options | allowed, timeout=timeout_s)


def _address(path: str | os.PathLike[str]) -> str:
    return f"file:{os.path.abspath(path)}"
