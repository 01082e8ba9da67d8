"""The paper's own results (NeurIPS 2019, video reconstruction), for comparison with measured ones.

Not all could be read in the paper itself; ``SURE`` lists those that a second source confirms. Data, landmark,
and identity networks differ from the ones used here, so only the ranking of methods can be compared.
"""

from __future__ import annotations

_X2FACE, _MONKEY, _FOMM = "X2Face", "Monkey-Net", "First Order Motion Model"
DATA_SETS = {"voxceleb": "VoxCeleb", "taichi": "Tai-Chi-HD", "nemo": "Nemo", "bair": "Bair"}
ROWS: dict[str, dict[str, dict[str, float]]] = {
    "voxceleb": {
        _X2FACE: {"l1": 0.078, "akd": 7.687, "aed": 0.405},
        _MONKEY: {"l1": 0.049, "akd": 1.878, "aed": 0.199},
        _FOMM: {"l1": 0.043, "akd": 1.294, "aed": 0.140},
    },
    "taichi": {
        _X2FACE: {"l1": 0.080, "akd": 17.654, "mkr": 0.109, "aed": 0.272},
        _MONKEY: {"l1": 0.077, "akd": 10.798, "mkr": 0.059, "aed": 0.228},
        _FOMM: {"l1": 0.063, "akd": 6.862, "mkr": 0.036, "aed": 0.179},
    },
    "nemo": {
        _X2FACE: {"l1": 0.031, "akd": 3.539, "aed": 0.221},
        _MONKEY: {"l1": 0.018, "akd": 1.285, "aed": 0.077},
        _FOMM: {"l1": 0.016, "akd": 1.119, "aed": 0.048},
    },
    "bair": {_X2FACE: {"l1": 0.065}, _MONKEY: {"l1": 0.034}, _FOMM: {"l1": 0.027}},
}
SURE = {("voxceleb", _FOMM, "akd"), ("voxceleb", _FOMM, "aed"), ("nemo", _FOMM, "akd")}


def cell(data: str, method: str, figure: str) -> str:
    """Return a figure as text: ``~`` before an unconfirmed one, a dash for none."""
    value = ROWS[data][method].get(figure)
    if value is None:
        return "–"
    return f"{'' if (data, method, figure) in SURE else '~'}{value:.3f}"
