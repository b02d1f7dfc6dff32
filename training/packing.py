"""Packs documents into sequences of one length, and feeds them from worker processes."""

import multiprocessing
import os
import queue
import random
import traceback

import numpy as np

_POOL = 24  # documents a packer chooses from


def pack(documents, length: int, seed: int):
    """Yields (tokens int32 [length], weights float32 [length]); weights[i] belongs to tokens[i] as a target.

    Documents follow one another; the gap at the end takes the first pooled document that fits, and when none does the
    beginning of one, which stays in the pool: no document is lost or seen only in part.
    """
    pick, source, pool = random.Random(seed), iter(documents), []

    def fill():
        while len(pool) < _POOL:
            ids, weights = next(source)
            if 0 < len(ids):
                pool.append((np.asarray(ids, np.int32)[:length], np.asarray(weights, np.float32)[:length]))

    while True:
        tokens, weights, at = np.zeros(length, np.int32), np.zeros(length, np.float32), 0
        while at < length:
            fill()
            pick.shuffle(pool)
            found = next((i for i, (ids, _) in enumerate(pool) if len(ids) <= length - at), None)
            ids, wanted = pool[0] if found is None else pool.pop(found)
            count = min(len(ids), length - at)
            tokens[at:at + count] = ids[:count]
            weights[at:at + count] = wanted[:count]
            weights[at] = 0  # a document's first token must not be guessed from the document before
            at += count
        yield tokens, weights


def _work(make, number: int, length: int, seed: int, out) -> None:
    parent = os.getppid()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    try:
        for item in pack(make(number), length, seed + number):
            while True:
                if os.getppid() != parent:
                    os._exit(0)  # the trainer is gone
                try:
                    out.put(item, timeout=5)
                    break
                except queue.Full:
                    continue
        raise RuntimeError("the documents ended; they must go round for ever")
    except BaseException:  # the trainer must hear of every end
        out.put(traceback.format_exc())


class Feed:
    """Sequences from worker processes numbers first .. first+count-1, taken in turn, so that a seed gives one order."""

    def __init__(self, make, first: int, count: int, length: int, seed: int, depth: int = 6):
        context = multiprocessing.get_context("fork")  # start before CUDA is touched
        self._queues = [context.Queue(depth) for _ in range(count)]
        self._workers = [context.Process(target=_work, args=(make, first + i, length, seed, self._queues[i]), daemon=True)
                         for i in range(count)]
        for worker in self._workers:
            worker.start()
        self._turn = 0

    def next(self):
        at = self._turn % len(self._queues)
        self._turn += 1
        while True:
            try:
                item = self._queues[at].get(timeout=5)
            except queue.Empty:
                if not self._workers[at].is_alive():
                    raise RuntimeError(f"data worker {at} died without a word, exit code {self._workers[at].exitcode}; "
                                       "is the memory full?") from None
                continue
            if isinstance(item, str):
                raise RuntimeError(f"data worker {at} failed:\n{item}")
            return item

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()
