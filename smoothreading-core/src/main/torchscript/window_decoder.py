"""Weight-free decoder for Llama and Qwen2 with a sliding window: weights and state are arguments, never attributes."""

from typing import List, Tuple

import torch
from torch import Tensor

from attention import attend_rows, plan_blocks, write_rows
from batched_attention import batched_rows, plan_batched
from decoder_module import DecoderModule
from rope import rope_tables, rotate
from shared_buffers import slot_numbers, slots_of
from state import StateMemory
from varlen_attention import plan_varlen, varlen_rows


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """x and weight float32."""
    return x * torch.rsqrt(x.square().mean([-1], True).add_(eps)) * weight


class WindowDecoder(StateMemory, DecoderModule):
    """What both variants share."""

    def gated(self, x: Tensor, weights: List[Tensor], gate: int, up: int) -> Tensor:
        """silu(gate(x)) * up(x)"""
        raise NotImplementedError

    def attention_kind(self, asked: int, keys: List[Tensor], values: List[Tensor], table: List[List[int]]) -> int:
        """1 fused kernel row by row, 2 matrix products (CPU file), 3 varlen flash, 4 fused over padded rows."""
        raise NotImplementedError

    def plan(self, kind: int, keys: List[Tensor], table: List[List[int]], group: int, dtype: torch.dtype,
             device: torch.device) -> Tuple[List[List[int]], List[Tensor]]:
        """What attention needs to know about the rows; the same for all layers."""
        block = 512 if device.type == "cuda" else 128
        if kind == 3:
            return plan_varlen(keys, table, device)
        if kind == 4:
            return plan_batched(keys, table, block, group, dtype, device)
        return plan_blocks(table, block, group, torch.float32 if kind == 2 else dtype, device)

    def attend(self, kind: int, query: Tensor, keys: List[Tensor], values: List[Tensor], layer: int,
               table: List[List[int]], plan: List[List[int]], tensors: List[Tensor]) -> Tensor:
        same = query.to(values[0].dtype)
        if kind == 3:
            return varlen_rows(same, slots_of(keys, layer), slots_of(values, layer), plan[0], tensors)
        if kind == 4:
            return batched_rows(same, keys, values, layer, plan, tensors)
        return attend_rows(same, keys, values, layer, plan, tensors, False)

    @torch.jit.export
    def slide(self, keys: Tensor, values: Tensor, source: int, count: int) -> None:
        """Move slots [source, source + count) to the front, in place, in pieces that do not overlap."""
        done = 0
        while source > 0 and done < count:
            piece = min(source, count - done)
            keys.narrow(2, done, piece).copy_(keys.narrow(2, source + done, piece))
            values.narrow(2, done, piece).copy_(values.narrow(2, source + done, piece))
            done += piece

    def check(self, weights: List[Tensor], keys: List[Tensor], values: List[Tensor], table: List[List[int]],
              tokens: Tensor) -> None:
        if len(weights) < 60 or (len(weights) // 4 - 3) % 12 != 0 or len(weights) % 4 != 0:
            raise ValueError("Weights must be 4 * (1 + 12 * layers + 2) tensors, but " + str(len(weights)) + " came.")
        if len(keys) != len(table) or len(values) != len(table):
            raise ValueError(
                "Each of the " + str(len(table)) + " rows needs its keys and values, but " + str(len(keys)) + " and "
                + str(len(values)) + " came."
            )
        total = 0
        for b in range(len(table)):
            count, slot, window = table[b][0], table[b][1], table[b][3]
            if count < 0 or slot < 0 or window < 1 or slot + count > keys[b].size(2):
                raise ValueError(
                    "Row " + str(b) + " cannot put " + str(count) + " tokens at slot " + str(slot) + " of a buffer of "
                    + str(keys[b].size(2)) + " slots with window " + str(window) + "; slide it first."
                )
            total += count
        if total != tokens.numel():
            raise ValueError("The rows name " + str(total) + " tokens, but " + str(tokens.numel()) + " came.")

    def states(self, weights: List[Tensor], hyper: Tensor, keys: List[Tensor], values: List[Tensor], rows: Tensor,
               tokens: Tensor, wanted: Tensor) -> Tensor:
        """Feed the tokens; final normalised states of the wanted ones, [M, H]. Writes keys and values."""
        settings: List[float] = hyper.tolist()
        table: List[List[int]] = rows.tolist()
        self.check(weights, keys, values, table, tokens)
        eps, dim = settings[1], int(settings[2])
        layers = (len(weights) // 4 - 3) // 12
        embedding = weights[0]
        device, dtype = embedding.device, embedding.dtype
        hidden = torch.embedding(embedding, tokens.to(device)).to(torch.float32)
        chosen = wanted.to(device)
        if tokens.numel() == 0:
            return hidden.to(dtype)
        shared = keys[0].size(1)
        cosine, sine = rope_tables(settings, dim, table)
        cosine, sine = cosine.to(device), sine.to(device)
        count = hidden.size(0)
        none = torch.empty([0], dtype=dtype, device=device)
        kind = self.attention_kind(int(settings[7]) if len(settings) > 7 else 0, keys, values, table)
        numbers = slot_numbers(keys, table, device) if kind > 2 else none
        plan: List[List[int]] = []
        tensors: List[Tensor] = []
        for layer in range(layers):
            at = 1 + 12 * layer
            x = rms_norm(hidden, weights[4 * at], eps).to(dtype)
            key = rotate(self.linear(x, weights, at + 2, weights[4 * (at + 10)]).view([count, shared, dim]), cosine, sine)
            value = self.linear(x, weights, at + 3, weights[4 * (at + 11)]).view([count, shared, dim])
            if kind > 2:
                slots_of(keys, layer).index_copy_(0, numbers, key.to(keys[0].dtype))
                slots_of(values, layer).index_copy_(0, numbers, value)
            else:
                write_rows(key, value, keys, values, layer, table)
            if layer == layers - 1 and chosen.numel() == 0:
                return torch.empty([0, hidden.size(1)], dtype=dtype, device=device)
            query = self.linear(x, weights, at + 1, weights[4 * (at + 9)]).view([count, -1, dim])
            query = rotate(query, cosine, sine)
            if layer == 0:
                plan, tensors = self.plan(kind, keys, table, query.size(1) // shared, dtype, device)
            mixed = self.attend(kind, query, keys, values, layer, table, plan, tensors).view([count, -1])
            if layer == layers - 1:
                # Nothing reads the last layer but the head: go on with the wanted tokens alone.
                mixed = mixed.index_select(0, chosen)
                hidden = hidden.index_select(0, chosen)
            hidden = hidden + self.linear(mixed, weights, at + 4, none)
            x = rms_norm(hidden, weights[4 * (at + 5)], eps).to(dtype)
            hidden = hidden + self.linear(self.gated(x, weights, at + 6, at + 7), weights, at + 8, none)
        return rms_norm(hidden, weights[4 * (1 + 12 * layers)], eps).to(dtype)

    @torch.jit.export
    def advance(self, weights: List[Tensor], hyper: Tensor, keys: List[Tensor], values: List[Tensor], rows: Tensor,
                tokens: Tensor, wanted: Tensor, probes: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """Feed tokens; for the wanted ones: best next id, log-probabilities of the probes, margin of best to second."""
        states = self.states(weights, hyper, keys, values, rows, tokens, wanted)
        return self.choose(states, weights, states.size(0) if wanted.numel() > 0 else 0, probes)

    @torch.jit.export
    def logits(self, weights: List[Tensor], hyper: Tensor, keys: List[Tensor], values: List[Tensor], rows: Tensor,
               tokens: Tensor, wanted: Tensor, probes: Tensor) -> Tensor:
        """As advance, but all logits of the wanted tokens, float32 [M, V]; for tests."""
        return self.head(self.states(weights, hyper, keys, values, rows, tokens, wanted), weights)
