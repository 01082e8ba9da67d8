"""Pixel metrics. Pure functions on (S, S, 3) uint8 RGB."""

from __future__ import annotations

import numpy as np

from avatarify.frames import U8

BEST_PSNR = 60.0  # dB; identical images would give infinity


def squared_error(result: U8, wanted: U8) -> float:
    """Mean squared difference, 0 to 1."""
    return float(np.square(result.astype(np.float32) - wanted.astype(np.float32)).mean() / 255**2)


def psnr(error: float) -> float:
    """Peak signal-to-noise ratio in dB of a mean squared error, at most 60."""
    return BEST_PSNR if error <= 10 ** (-BEST_PSNR / 10) else float(-10 * np.log10(error))


def ssim(result: U8, wanted: U8) -> float:
    """Structural similarity (Wang et al., 2004: windows of 11 pixels, sigma 1.5), channel mean; 1 is identical."""
    import cv2

    scores = cv2.quality.QualitySSIM.create(wanted).compute(result)
    return float(np.mean(scores[:3]))


def unsteadiness(result: U8, last_result: U8, wanted: U8, last_wanted: U8) -> float:
    """Mean absolute difference of the frame-to-frame changes, 0 to 1: flicker and lag."""
    made, due = (b.astype(np.float32) - a for a, b in ((last_result, result), (last_wanted, wanted)))
    return float(np.abs(made - due).mean() / 255)
