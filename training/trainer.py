"""The trainer: one optimizer step over packed sequences, its clock, its ranks, its checkpoints."""

import math
import os
import re
import threading
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

import folder
import loss
import reader
import window
from model import Llama, ModelConfig, rotary

STARTED = time.time()


def rate(step: int, progress: float, peak: float, warm_up: int, floor: float = 0.1) -> float:
    """Learning rate: linear warm-up in steps, times a cosine over `progress` (0..1) down to floor * peak."""
    cosine = floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, max(0.0, progress))))
    return peak * min(1.0, (step + 1) / warm_up) * cosine


class Ranks:
    """The processes of this run: one, or those that torchrun started."""

    def __init__(self):
        self.rank, self.world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        self.device = torch.device("cpu")

    def join(self, device: str) -> None:
        local = int(os.environ.get("LOCAL_RANK", 0))
        if device == "cuda":
            torch.cuda.set_device(local)
            self.device = torch.device("cuda", local)
        if self.world > 1:
            dist.init_process_group("cpu:gloo,cuda:nccl" if device == "cuda" else "gloo")

    def add(self, tensor: torch.Tensor) -> None:
        if self.world > 1:
            dist.all_reduce(tensor)

    def agree(self, *values: float) -> list[float]:
        """The values of rank 0, on every rank: clocks differ, weights must not."""
        shared = torch.tensor(values, dtype=torch.float64)
        if self.world > 1:
            dist.broadcast(shared, 0)
        return shared.tolist()


class Clock:
    """How far the run is (0..1): by steps, or by wall-clock time from the first step to the deadline."""

    def __init__(self, steps: int | None, minutes: float | None, spare: float):
        self.steps, self.deadline, self.begin = steps, None if minutes is None else STARTED + 60 * minutes - spare, None

    def progress(self, step: int) -> float:
        by_steps = step / self.steps if self.steps else 0.0
        if self.deadline is None:
            return by_steps
        now = time.time()
        self.begin = self.begin or now
        return max(by_steps, (now - self.begin) / max(1e-6, self.deadline - self.begin))


class Trainer:
    def __init__(self, args, ranks: Ranks):
        self.args, self.ranks, self.step, self.tokens = args, ranks, 0, 0
        device = ranks.device
        config = ModelConfig.read(args.base)
        self.model = Llama(config).to(device)
        weights = folder.load(args.init or args.base)
        if config.tied:
            weights.pop("lm_head.weight", None)
        if not args.init:
            encode = reader.tokenizer(args.base)
            reader.start_reserved(weights["model.embed_tokens.weight"], lambda text: encode.encode(text).ids)
        self.model.load_state_dict(weights)
        if args.freeze:
            self._freeze(re.compile(args.freeze))
        self.named = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        # All gradients lie in one flat buffer: one all-reduce, one norm, one clearing.
        self.grads = torch.zeros(sum(p.numel() for p in self.named.values()) + 1, device=device)
        at = 0
        for p in self.named.values():
            p.grad = self.grads[at:at + p.numel()].view_as(p)
            at += p.numel()
        matrices = [p for p in self.named.values() if p.dim() > 1]
        others = [p for p in self.named.values() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": args.decay}, {"params": others, "weight_decay": 0.0}],
            lr=args.lr, betas=(0.9, 0.95), fused=True)
        self.dtype = torch.bfloat16 if device.type == "cuda" else torch.float32
        self.attend, self.mask = window.make(args.attention, args.length, args.window, device)
        self.cos, self.sin = rotary(torch.arange(args.length, device=device), config.head_dim, config.rope_theta)
        self.slice_loss = loss.slice_loss
        if not args.no_compile:
            for block in self.model.model.layers:  # one at a time: the graph is compiled once and shared
                block.compile(fullgraph=True, dynamic=False)
            self.slice_loss = torch.compile(loss.slice_loss, fullgraph=True, dynamic=False)
        self.stats = torch.zeros(2, len(loss.CLASSES), device=device)
        self.total = torch.zeros(2, device=device)
        self.done = None  # event at the end of the last step

    def _freeze(self, names: re.Pattern) -> None:
        """Keeps the parameters whose names match as they are."""
        frozen = [p for name, p in self.model.named_parameters() if names.search(name)]
        if not frozen:
            raise ValueError(f"--freeze {names.pattern!r} matches no parameter; names look like {next(self.model.named_parameters())[0]}")
        for p in frozen:
            p.requires_grad_(False)

    def put(self, tensor: torch.Tensor) -> torch.Tensor:
        return tensor.pin_memory().to(self.ranks.device, non_blocking=True) if self.ranks.device.type == "cuda" else tensor

    def micro(self, items) -> None:
        """Forward and backward of some packed sequences; gradients are sums over labelled positions."""
        tokens, weights = (torch.from_numpy(np.stack(x)) for x in zip(*items))
        parts = [self.put(x) for x in loss.targets(tokens.numpy(), weights.numpy(), self.args.slice)]
        with torch.autocast(self.ranks.device.type, torch.bfloat16, enabled=self.dtype == torch.bfloat16):
            hidden = self.model(self.put(tokens.long()), self.cos, self.sin, self.attend, self.mask, self.dtype)
            value, stats = loss.backward(hidden, self.model.head(), parts, self.slice_loss, self.args.slice)
        self.grads[-1] += parts[2].sum()
        self.stats += stats
        self.total += torch.stack([value, parts[2].sum()])
        self.tokens += tokens.numel()

    def update(self, lr: float) -> None:
        """Adds the ranks' gradients, divides by the sum of weights, clips, steps. Nothing waits for the device."""
        self.ranks.add(self.grads)
        grads, total = self.grads[:-1], self.grads[-1].clamp(min=1e-6)
        norm = grads.norm() / total
        grads.mul_(torch.clamp(self.args.clip / (norm + 1e-6), max=1.0) / total)
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        self.optimizer.step()
        self.grads.zero_()
        self.step += 1
        self._pace()

    def _pace(self) -> None:
        """Lets the host run ahead of the device by one step at most, so that the clock means something."""
        if self.ranks.device.type != "cuda":
            return
        if self.done is not None:
            self.done.synchronize()
        self.done = torch.cuda.Event()
        self.done.record()

    def report(self) -> dict:
        """Mean losses since the last report, over all ranks."""
        shared = torch.cat([self.total, self.stats.flatten()])
        self.ranks.add(shared)
        values = shared.tolist()
        self.total.zero_(), self.stats.zero_()
        count = len(loss.CLASSES)
        row = {"loss": values[0] / max(values[1], 1e-6)}
        for i, name in enumerate(loss.CLASSES):
            row[f"loss_{name}"] = values[2 + i] / max(values[2 + count + i], 1.0)
        return row

    def save(self, out: Path, resume: bool) -> threading.Thread:
        """Copies the weights and writes them in the background."""
        weights = {name: p.detach().to(torch.bfloat16).cpu() for name, p in self.model.named_parameters()}
        state = {}
        if resume:
            for name, p in self.named.items():
                state[f"weight.{name}"] = p.detach().cpu().clone()
                for key in ("exp_avg", "exp_avg_sq", "step"):
                    state[f"{key}.{name}"] = self.optimizer.state[p][key].cpu().clone()
        step = self.step

        def write():
            folder.save(weights, out / "model.safetensors", {"step": str(step)})
            if state:
                folder.save(state, out / "resume.safetensors", {"step": str(step)})

        thread = threading.Thread(target=write)
        thread.start()
        return thread

    def restore(self, path: Path) -> None:
        state = folder.stored_file(path)
        with torch.no_grad():
            for name, p in self.named.items():
                p.copy_(state[f"weight.{name}"])
                self.optimizer.state[p] = {
                    key: state[f"{key}.{name}"].to(p.device) for key in ("exp_avg", "exp_avg_sq", "step")}
        self.step = int(self.optimizer.state[next(iter(self.named.values()))]["step"].item())
