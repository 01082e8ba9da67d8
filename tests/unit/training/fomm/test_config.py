"""The recipes are the paper's, and a command line can change them."""

from dataclasses import fields, replace

import pytest

from avatarify.errors import UsageError
from avatarify.networks.fomm.config import PRESETS
from avatarify.training.fomm.config import CONFIGS, PaperConfig, override

COMPARED = {
    "monkey-net-256",
    "x2face-256",
    "ablation-baseline",
    "ablation-pyramid",
    "ablation-occlusion",
    "ablation-no-jacobian-equivariance",
}


def test_the_recipes_are_the_papers() -> None:
    assert set(CONFIGS) - COMPARED == {"vox-256", "vox-adv-256", "taichi-256", "nemo-256", "bair-256"}
    assert {name: config.steps for name, config in CONFIGS.items() if name not in COMPARED} == {
        "vox-256": 100_000,
        "vox-adv-256": 100_000,
        "taichi-256": 100_000,
        "nemo-256": 40_000,
        "bair-256": 40_000,
    }
    for config in (CONFIGS[name] for name in CONFIGS if name not in COMPARED):
        assert (config.batch, config.rate, config.betas) == (20, 2e-4, (0.5, 0.999))
        assert (config.spline_side, config.sigma_affine, config.sigma_spline) == (5, 0.05, 0.005)
        assert (PRESETS[config.sizes].size, PRESETS[config.sizes].points) == (256, 10)
        assert [256 // factor for factor in config.pyramid] == [256, 128, 64, 32]
        assert bool(config.adversarial) == (config.name == "vox-adv-256")


def test_what_is_compared_differs_in_what_it_says() -> None:
    """Table 1 adds one thing a row; the other methods have their own losses, and the same schedule and pairs."""
    full = CONFIGS["vox-256"]
    rows = [CONFIGS[f"ablation-{name}"] for name in ("baseline", "pyramid", "occlusion", "no-jacobian-equivariance")]
    found = [(row.jacobians, row.occlusion, len(row.pyramid), row.equivariance_jacobian) for row in [*rows, full]]
    assert found == [
        (False, False, 1, 0.0),
        (False, False, 4, 0.0),
        (False, True, 4, 0.0),
        (True, True, 4, 0.0),
        (True, True, 4, 10.0),
    ]
    assert all(row.equivariance_value == 10.0 for row in rows)
    for config in (CONFIGS[name] for name in COMPARED):
        assert (config.batch, config.rate, config.steps) == (full.batch, full.rate, full.steps)
        assert (config.flip, config.reverse, config.jitter) == (full.flip, full.reverse, full.jitter)
    monkey_net, x2face = CONFIGS["monkey-net-256"], CONFIGS["x2face-256"]
    assert (monkey_net.method, monkey_net.adversarial, monkey_net.feature_matching) == ("monkey-net", 1.0, 10.0)
    assert (x2face.method, x2face.pixels, x2face.adversarial) == ("x2face", 10.0, 0.0)


def test_x2face_has_no_losses_of_key_points() -> None:
    for word in ("adversarial=1", "equivariance_value=10", "equivariance_jacobian=10"):
        with pytest.raises(UsageError, match="X2Face has no key points"):
            override(CONFIGS["x2face-256"], [word])


@pytest.mark.parametrize("name", CONFIGS)
def test_the_rate_drops_tenfold_at_half_and_three_quarters(name: str) -> None:
    config = CONFIGS[name]
    steps = config.steps
    wanted = {0: 2e-4, steps // 2 - 1: 2e-4, steps // 2: 2e-5, 3 * steps // 4 - 1: 2e-5, 3 * steps // 4: 2e-6}
    assert {step: config.learning_rate(step) for step in wanted} == pytest.approx(wanted)
    assert config.learning_rate(steps - 1) == pytest.approx(2e-6)


def test_values_are_changed_by_their_kind() -> None:
    words = ["steps=7", "rate=1e-3", "flip=false", "betas=0.9,0.99", "pyramid=1,2", "sizes=tiny", "adversarial=1"]
    changed = override(CONFIGS["vox-256"], words)
    assert changed == replace(
        CONFIGS["vox-256"],
        steps=7,
        rate=1e-3,
        flip=False,
        betas=(0.9, 0.99),
        pyramid=(1, 2),
        sizes="tiny",
        adversarial=1.0,
    )


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("speed=3", "'speed'"),
        ("name=x", "'name'"),
        ("steps=many", "'many'"),
        ("steps", "''"),
        ("steps=0", "steps"),
        ("rate=0", "rate"),
        ("flip=perhaps", "'perhaps'"),
        ("betas=0.5", "betas"),
        ("pyramid=", "pyramid"),
        ("perceptual=1,2", "perceptual"),
        ("milestones=0.5,1.2", "milestones"),
        ("sizes=huge", "huge"),
        ("method=magic", "magic"),
        ("pixels=-1", "negative"),
        ("drop=-1", "drop"),
        ("sigma_affine=-1", "sigma"),
    ],
)
def test_wrong_arguments_are_reported(word: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        override(CONFIGS["vox-256"], [word])


def test_every_field_is_documented() -> None:
    text = str(PaperConfig.__doc__)
    assert all(f"        {field.name}: " in text for field in fields(PaperConfig))
