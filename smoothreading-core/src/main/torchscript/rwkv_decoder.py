"""Weight-free decoder for RWKV-7: weights and state are arguments, never attributes."""

from typing import List, Tuple

import torch
from torch import Tensor

from decoder_module import DecoderModule
from rwkv_wkv import block_maps, one_token
from state import StateMemory


class Segments:
    """Runs of consecutive tokens that the memory takes in one after the other, cut into blocks of one length.

    A row is one run, or two where its state is also wanted inside (at its mark). `place` says where each packed token
    stands in the blocks; what is left of a run's last block is padding that changes nothing (all zeros, decay 1).
    Rows of one token, `single`, need no blocks.
    """

    def __init__(self, table: List[List[int]], asked: int, device: torch.device):
        longest = 1
        for row in table:
            mark = max(0, row[2])
            longest = max(longest, max(mark, row[0] - mark))
        self.length: int = min(asked, longest)
        self.blocks: int = 0
        self.chains: List[List[int]] = []  # row, first block, blocks before the mark, blocks behind it
        self.single: List[int] = []
        places: List[Tensor] = []
        tokens: List[Tensor] = []
        alone: List[int] = []
        at = 0
        for b in range(len(table)):
            count, mark = table[b][0], max(0, table[b][2])
            if count == 1:
                self.single.append(b)
                alone.append(at)
            elif count > 1:
                before = (mark + self.length - 1) // self.length
                behind = (count - mark + self.length - 1) // self.length
                start = self.blocks * self.length
                places.append(torch.arange(start, start + mark, dtype=torch.int64))
                second = start + before * self.length
                places.append(torch.arange(second, second + count - mark, dtype=torch.int64))
                tokens.append(torch.arange(at, at + count, dtype=torch.int64))
                self.chains.append([b, self.blocks, before, behind])
                self.blocks += before + behind
            at += count
        none = torch.empty([0], dtype=torch.int64)
        self.place: Tensor = torch.cat(places).to(device) if len(places) > 0 else none.to(device)
        self.tokens: Tensor = torch.cat(tokens).to(device) if len(tokens) > 0 else none.to(device)
        self.alone: Tensor = torch.tensor(alone, dtype=torch.int64).to(device)


class RwkvDecoder(StateMemory, DecoderModule):
    """Memories are slots: `matrices` [layers, heads, slots, N * N] and `shifts` [layers, 2, slots, C], both float32.

    A row starts from one slot, or from nothing, and leaves its memory in slot 0; on the way it can leave a copy in
    another slot (even the one it started from), to come back to when what follows turns out wrong.
    """

    def linear(self, x: Tensor, weights: List[Tensor], index: int, bias: Tensor) -> Tensor:
        raise NotImplementedError

    def check(self, weights: List[Tensor], matrices: List[Tensor], shifts: List[Tensor], table: List[List[int]],
              tokens: Tensor) -> None:
        if len(weights) % 4 != 0 or len(weights) < 4 * 39 or (len(weights) // 4 - 6) % 33 != 0:
            raise ValueError("Weights must be 4 * (3 + 33 * layers + 3) tensors, but " + str(len(weights)) + " came.")
        if len(matrices) != len(table) or len(shifts) != len(table):
            raise ValueError(
                "Each of the " + str(len(table)) + " rows needs its matrices and shifts, but " + str(len(matrices))
                + " and " + str(len(shifts)) + " came."
            )
        total = 0
        for b in range(len(table)):
            count, source, mark, target = table[b][0], table[b][1], table[b][2], table[b][3]
            slots = matrices[b].size(2)
            wrong = mark >= 0 and (target < 1 or target >= slots or mark > count)
            if count < 1 or source < -1 or source >= slots or wrong or shifts[b].size(2) != slots:
                raise ValueError(
                    "Row " + str(b) + " cannot take " + str(count) + " tokens from slot " + str(source)
                    + " and copy its memory after " + str(mark) + " of them to slot " + str(target) + " of "
                    + str(slots) + "."
                )
            total += count
        if total != tokens.numel():
            raise ValueError("The rows name " + str(total) + " tokens, but " + str(tokens.numel()) + " came.")

    def shifted(self, x: Tensor, shifts: List[Tensor], layer: int, kind: int, table: List[List[int]]) -> Tensor:
        """The token before each one; keeps each row's last."""
        before = torch.empty_like(x)
        before.narrow(0, 1, x.size(0) - 1).copy_(x.narrow(0, 0, x.size(0) - 1))
        at = 0
        for b in range(len(table)):
            count, source, mark, target = table[b][0], table[b][1], table[b][2], table[b][3]
            memory = shifts[b].select(0, layer).select(0, kind)
            if source < 0:
                before.select(0, at).zero_()
            else:
                before.select(0, at).copy_(memory.select(0, source))
            if mark == 0:
                memory.select(0, target).copy_(before.select(0, at))
            elif mark > 0:
                memory.select(0, target).copy_(x.select(0, at + mark - 1))
            memory.select(0, 0).copy_(x.select(0, at + count - 1))
            at += count
        return before

    def matrix(self, matrices: List[Tensor], b: int, layer: int, slot: int, dim: int) -> Tensor:
        """A slot's matrices of one layer, [H, N, N]; a view."""
        heads = matrices[b].select(0, layer)
        return heads.select(1, slot).view([heads.size(0), dim, dim])

    def start(self, matrices: List[Tensor], b: int, layer: int, row: List[int], dim: int) -> Tensor:
        """Where a row starts from; leaves it in the row's target slot if it is wanted there."""
        if row[1] < 0:
            state = torch.zeros_like(self.matrix(matrices, b, layer, 0, dim))
        else:
            state = self.matrix(matrices, b, layer, row[1], dim)
        if row[2] == 0:
            self.matrix(matrices, b, layer, row[3], dim).copy_(state)
        return state

    def remember(self, matrices: List[Tensor], layer: int, table: List[List[int]], segments: Segments,
                 parts: List[Tensor]) -> Tensor:
        """Takes all tokens into the matrices; `parts` are r, log decay, k, v, a, b [T, H, N]. Returns y [T, H, N]."""
        count, heads, dim = parts[0].size(0), parts[0].size(1), parts[0].size(2)
        y = torch.empty_like(parts[0])
        if len(segments.single) > 0:
            starts: List[Tensor] = []
            for b in segments.single:
                starts.append(self.start(matrices, b, layer, table[b], dim))
            own: List[Tensor] = []
            for part in parts:
                own.append(part if len(segments.single) == count else part.index_select(0, segments.alone))
            state, read = one_token(torch.stack(starts), own[0], own[1], own[2], own[3], own[4], own[5])
            for i in range(len(segments.single)):
                row = table[segments.single[i]]
                if row[2] == 1:
                    self.matrix(matrices, segments.single[i], layer, row[3], dim).copy_(state[i])
                self.matrix(matrices, segments.single[i], layer, 0, dim).copy_(state[i])
            if len(segments.single) == count:
                return read
            y.index_copy_(0, segments.alone, read)
        if segments.blocks > 0:
            cut: List[Tensor] = []
            for part in parts:
                own = part if len(segments.single) == 0 else part.index_select(0, segments.tokens)
                size = [segments.blocks * segments.length, heads, dim]
                padded = torch.zeros(size, dtype=part.dtype, device=part.device)
                padded.index_copy_(0, segments.place, own)
                cut.append(padded.view([segments.blocks, segments.length, heads, dim]).transpose(1, 2))
            maps = block_maps(cut[0], cut[1], cut[2], cut[3], cut[4], cut[5])
            starts = torch.empty_like(maps[2])
            for chain in segments.chains:
                b, block = chain[0], chain[1]
                row = table[b]
                state = self.start(matrices, b, layer, row, dim)
                for i in range(chain[2] + chain[3]):
                    if i == chain[2] and i > 0:
                        self.matrix(matrices, b, layer, row[3], dim).copy_(state)
                    starts.select(0, block + i).copy_(state)
                    state = torch.baddbmm(maps[3].select(0, block + i), state, maps[2].select(0, block + i))
                if row[2] == row[0]:
                    self.matrix(matrices, b, layer, row[3], dim).copy_(state)
                self.matrix(matrices, b, layer, 0, dim).copy_(state)
            read = maps[1].add_(torch.matmul(maps[0], starts.transpose(-1, -2)))
            read = read.transpose(1, 2).reshape([-1, heads, dim]).index_select(0, segments.place)
            if len(segments.single) == 0:
                return read
            y.index_copy_(0, segments.tokens, read)
        return y

    def low_rank(self, x: Tensor, weights: List[Tensor], at: int, kind: int) -> Tensor:
        """up(f(down(x))); f is none, tanh (1) or sigmoid (2)."""
        none = torch.empty([0], dtype=x.dtype, device=x.device)
        low = self.linear(x, weights, at, none)
        if kind == 1:
            low = torch.tanh(low)
        elif kind == 2:
            low = torch.sigmoid(low)
        return self.linear(low, weights, at + 1, none)

    def states(self, weights: List[Tensor], hyper: Tensor, matrices: List[Tensor], shifts: List[Tensor], rows: Tensor,
               tokens: Tensor, wanted: Tensor) -> Tensor:
        """Feed the tokens; final normalised states of the wanted ones, [M, C]. Writes matrices and shifts."""
        settings: List[float] = hyper.tolist()
        table: List[List[int]] = rows.tolist()
        self.check(weights, matrices, shifts, table, tokens)
        eps, dim = settings[0], int(settings[1])
        layers = (len(weights) // 4 - 6) // 33
        device, dtype = weights[0].device, weights[0].dtype
        hidden = torch.embedding(weights[0], tokens.to(device)).to(torch.float32)
        if tokens.numel() == 0:
            return hidden.to(dtype)
        width = hidden.size(1)
        hidden = torch.layer_norm(hidden, [width], weights[4], weights[8], eps)
        # Blocks of 16, 32 and 64 take the same time on a CPU within a quarter; 32 keeps far from fp32's limits.
        segments = Segments(table, int(settings[2]) if settings[2] > 0 else 32, device)
        count = hidden.size(0)
        none = torch.empty([0], dtype=dtype, device=device)
        first = hidden
        for layer in range(layers):
            at = 3 + 33 * layer
            x = torch.layer_norm(hidden, [width], weights[4 * at], weights[4 * at + 4], eps).to(dtype)
            change = self.shifted(x, shifts, layer, 0, table).sub_(x)
            r = self.linear(torch.addcmul(x, change, weights[4 * (at + 2)]), weights, at + 8, none).to(torch.float32)
            decay = self.low_rank(torch.addcmul(x, change, weights[4 * (at + 3)]), weights, at + 12, 1)
            # The log of a decay between 0.545 and 1.
            decay = torch.sigmoid(decay.to(torch.float32) + weights[4 * (at + 14)]).mul_(-0.6065306597126334)
            k = self.linear(torch.addcmul(x, change, weights[4 * (at + 4)]), weights, at + 9, none).to(torch.float32)
            for_value = torch.addcmul(x, change, weights[4 * (at + 5)])
            v = self.linear(for_value, weights, at + 10, none).to(torch.float32)
            rate = self.low_rank(torch.addcmul(x, change, weights[4 * (at + 6)]), weights, at + 15, 0)
            rate = torch.sigmoid(rate.to(torch.float32) + weights[4 * (at + 17)])
            gate = self.low_rank(torch.addcmul(x, change, weights[4 * (at + 7)]), weights, at + 21, 2)
            if layer == 0:
                first = v
            else:
                mix = self.low_rank(for_value, weights, at + 18, 0).to(torch.float32) + weights[4 * (at + 20)]
                v = torch.addcmul(v, first - v, torch.sigmoid(mix))
            shape = [count, -1, dim]
            erase = torch.nn.functional.normalize((k * weights[4 * (at + 23)]).view(shape), dim=-1, eps=1e-12)
            k = torch.addcmul(k, k * (rate - 1.0), weights[4 * (at + 24)]).view(shape)
            r, v = r.view(shape), v.view(shape)
            y = self.remember(matrices, layer, table, segments,
                              [r, decay.view(shape), k, v, -erase, erase * rate.view(shape)])
            heads = y.size(1)
            y = y.reshape([count, width])
            y = torch.group_norm(y, heads, weights[4 * (at + 26)], weights[4 * (at + 27)], eps * dim)
            own = (r * k * weights[4 * (at + 25)].view([heads, dim])).sum([2], True) * v
            y = (y + own.reshape([count, width])).to(dtype).mul_(gate)
            hidden = hidden + self.linear(y, weights, at + 11, none)
            x = torch.layer_norm(hidden, [width], weights[4 * (at + 28)], weights[4 * (at + 29)], eps).to(dtype)
            change = self.shifted(x, shifts, layer, 1, table).sub_(x)
            x = torch.addcmul(x, change, weights[4 * (at + 30)])
            if layer == layers - 1:
                # Nothing reads the rest but the head: go on with the wanted tokens alone.
                chosen = wanted.to(device)
                x, hidden = x.index_select(0, chosen), hidden.index_select(0, chosen)
                if wanted.numel() == 0:
                    return hidden.to(dtype)
            inner = torch.relu(self.linear(x, weights, at + 31, none)).square_()
            hidden = hidden + self.linear(inner, weights, at + 32, none)
        end = 3 + 33 * layers
        return torch.layer_norm(hidden, [width], weights[4 * end], weights[4 * end + 4], eps).to(dtype)

    @torch.jit.export
    def advance(self, weights: List[Tensor], hyper: Tensor, matrices: List[Tensor], shifts: List[Tensor], rows: Tensor,
                tokens: Tensor, wanted: Tensor, probes: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """Feed tokens; for the wanted ones: best next id, log-probabilities of the probes, margin of best to second."""
        states = self.states(weights, hyper, matrices, shifts, rows, tokens, wanted)
        return self.choose(states, weights, states.size(0), probes)

    @torch.jit.export
    def logits(self, weights: List[Tensor], hyper: Tensor, matrices: List[Tensor], shifts: List[Tensor], rows: Tensor,
               tokens: Tensor, wanted: Tensor, probes: Tensor) -> Tensor:
        """As advance, but all logits of the wanted tokens, float32 [M, V]; for tests."""
        return self.head(self.states(weights, hyper, matrices, shifts, rows, tokens, wanted), weights)

    @torch.jit.export
    def one_by_one(self, weights: List[Tensor], hyper: Tensor, matrices: List[Tensor], shifts: List[Tensor],
                   tokens: Tensor) -> None:
        """Feeds one row token by token: what prefill in blocks is compared with."""
        table = torch.tensor([[1, 0, -1, 0]], dtype=torch.int64)
        wanted = torch.empty([0], dtype=torch.int64)
        for t in range(tokens.numel()):
            self.states(weights, hyper, matrices, shifts, table, tokens.narrow(0, t, 1), wanted)
