"""The networks with their optimizers: one call is one training step."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from avatarify.networks.fomm.discriminator import Discriminator, DiscriminatorOutput
from avatarify.networks.motion_model import Prediction
from avatarify.networks.registry import build_model
from avatarify.training.fomm import losses
from avatarify.training.fomm.augment import exchanged, jittered, mirrored
from avatarify.training.fomm.config import PaperConfig
from avatarify.training.fomm.processes import Processes
from avatarify.training.fomm.spline import Spline, random_spline
from avatarify.training.fomm.step import GeneratorStep, Losses, Precision


class Learner:
    """Trains the networks of a method, and a discriminator if the recipe has one.

    Args:
        config: The recipe.
        features: Feature network of the perceptual loss.
        processes: This process among the others.
        precision: Precision of the convolutions.
        seed: Seed of the initial weights and of every step's augmentation.

    Attributes:
        model: The model in training.
    """

    def __init__(
        self, config: PaperConfig, features: nn.Module, processes: Processes, precision: Precision, seed: int
    ) -> None:
        torch.manual_seed(seed)
        self.config, self.precision, self._seed, self._processes = config, precision, seed, processes
        self.model = build_model(config.method, config.sizes, jacobians=config.jacobians, occlusion=config.occlusion)
        self._step = processes.shared(self._placed(GeneratorStep(self.model, features, config, precision)))
        self._optimizer = self._adam(self.model)
        self._scaler = torch.amp.GradScaler(processes.device.type, enabled=precision.dtype == torch.float16)
        self._discriminator: Discriminator | None = None
        if config.adversarial:
            self._discriminator = Discriminator(self.model.size, self.model.points, config.discriminator_scales)
            self._judge = processes.shared(self._placed(self._discriminator))
            self._judge_optimizer = self._adam(self._discriminator)

    def learn(self, pairs: Tensor, step: int) -> Losses:
        """Take one training step.

        Args:
            pairs: (B, 2, S, S, 3) uint8 RGB, this process's share of the batch.
            step: Step index from 0; it determines learning rate and augmentation.

        Returns:
            The weighted losses by name, with ``total``, detached.
        """
        source, driving, spline = self._prepared(pairs, step)
        self._set_rate(self.config.learning_rate(step))
        found, drawn = self._step(source, driving, spline)
        found |= self._adversarial(drawn, driving)
        found["total"] = torch.stack(list(found.values())).sum()
        self._descend(self._optimizer, found["total"])
        if self._discriminator is not None:
            found["discriminator"] = self._judge_better(drawn, driving)
        self._scaler.update()
        return {name: loss.detach() for name, loss in found.items()}

    def state(self) -> dict[str, Any]:
        """Return the complete state, for ``load``."""
        state = {"model": self.model.state_dict(), "optimiser": self._optimizer.state_dict()}
        state["scaler"] = self._scaler.state_dict()
        if self._discriminator is not None:
            state["discriminator"] = self._discriminator.state_dict()
            state["discriminator_optimiser"] = self._judge_optimizer.state_dict()
        return state

    def load(self, state: dict[str, Any]) -> None:
        """Resume from an earlier ``state``."""
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimiser"])
        self._scaler.load_state_dict(state["scaler"])
        if self._discriminator is not None:
            self._discriminator.load_state_dict(state["discriminator"])
            self._judge_optimizer.load_state_dict(state["discriminator_optimiser"])

    def is_finite(self) -> bool:
        """Return whether all weights and running statistics are finite."""
        networks = [self.model, *([self._discriminator] if self._discriminator is not None else [])]
        tensors = [tensor for network in networks for tensor in network.state_dict().values()]
        return bool(torch.stack([tensor.isfinite().all() for tensor in tensors]).all())

    def _placed(self, network: nn.Module) -> nn.Module:
        network.to(self._processes.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        return network

    def _adam(self, network: nn.Module) -> torch.optim.Adam:
        first, second = self.config.betas
        fused = self._processes.device.type == "cuda"
        return torch.optim.Adam(network.parameters(), self.config.rate, (first, second), fused=fused)

    def _set_rate(self, rate: float) -> None:
        groups = list(self._optimizer.param_groups)
        if self._discriminator is not None:
            groups += self._judge_optimizer.param_groups
        for group in groups:
            group["lr"] = rate

    def _prepared(self, pairs: Tensor, step: int) -> tuple[Tensor, Tensor, Spline]:
        """Augment a batch with random numbers that depend only on the step and the process."""
        config, processes = self.config, self._processes
        dice = torch.Generator().manual_seed(self._seed * 1_000_003 + step * processes.world + processes.rank)
        frames = pairs.to(processes.device, non_blocking=True).permute(0, 1, 4, 2, 3).float() / 255
        frames = mirrored(frames, dice) if config.flip else frames
        frames = exchanged(frames, dice) if config.reverse else frames
        frames = jittered(frames, config.jitter, dice) if config.jitter else frames
        spline = random_spline(len(frames), config.spline_side, config.sigma_affine, config.sigma_spline, dice)
        placed = Spline(*(part.to(processes.device, non_blocking=True) for part in spline))
        source, driving = frames.unbind(1)
        layout = torch.channels_last
        return source.contiguous(memory_format=layout), driving.contiguous(memory_format=layout), placed

    def _adversarial(self, drawn: Prediction, driving: Tensor) -> Losses:
        """Return the adversarial losses of the generated images; the discriminator is not updated."""
        if self._discriminator is None:
            return {}
        self._discriminator.requires_grad_(False)
        points = _points(drawn)
        with self.precision.mixed():
            judged = self._discriminator(drawn.image, points)
            with torch.no_grad():
                real = self._discriminator(driving, points)
        judged, real = _exact(judged), _exact(real)
        weight = self.config.feature_matching
        return {
            "generator_gan": self.config.adversarial * losses.generator_gan(judged),
            "feature_matching": losses.feature_matching(judged, real, weight),
        }

    def _judge_better(self, drawn: Prediction, driving: Tensor) -> Tensor:
        """Train the discriminator on real and generated images, in one pass so that gradients are averaged once."""
        self._judge.requires_grad_(True)
        points = _points(drawn)
        with self.precision.mixed():
            both = self._judge(torch.cat([driving, drawn.image.detach()]), torch.cat([points, points]))
        verdicts = _exact(both)
        real, fake = (
            [DiscriminatorOutput([], scores) for scores in halves]
            for halves in zip(*(verdict.scores.chunk(2) for verdict in verdicts), strict=True)
        )
        loss = losses.discriminator_gan(real, fake)
        self._descend(self._judge_optimizer, loss)
        return loss

    def _descend(self, optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
        optimizer.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()
        self._scaler.step(optimizer)


def _points(drawn: Prediction) -> Tensor:
    """Return the driving key points, detached, for the discriminator."""
    if drawn.driving is None:
        raise ValueError("a discriminator needs key points")
    return drawn.driving.points.detach()


def _exact(verdicts: list[DiscriminatorOutput]) -> list[DiscriminatorOutput]:
    return [DiscriminatorOutput([x.float() for x in v.features], v.scores.float()) for v in verdicts]
