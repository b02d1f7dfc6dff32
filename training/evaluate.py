"""Reads test documents with a reader, many side by side, and counts right answers.

    python evaluate.py --model reader --tokens 8192 65536 --count 60 --out niah.json            # needle in a haystack
    python evaluate.py --model reader --tokens 8192 --no-needle --out absent.json               # nothing to find
    python evaluate.py --model reader --task several --tokens 32768 --stop-at 2                 # several needles; read all
    python evaluate.py --model reader --task books --count 200                                  # held-out passages of books
    python evaluate.py --model reader --task simple --tokens 512 2048 --mode kept one-round     # small language
    python evaluate.py --model reader --task questions --tokens 0 8192 --count 200 --out q.json # held-out questions

The model is a reader folder (int8 or not); it runs through the reader's own TorchScript decoder.
"""

import argparse
import itertools
import json
import multiprocessing
import os
import time
from pathlib import Path

import torch

import niah
import reader
import simple
from books import Books
from chunker import chunks
from decoder import MARGIN, Decoder, drive
from haystack import extra
from lines import objects
from model import Llama
from reading import MODES, PROBES, Loop, Options
from real import Questions
from rwkv import Rwkv
from rwkv_rows import RwkvDecoder
from scoring import judge, summary
from trainer import family

_HERE = Path(__file__).resolve().parent
_shared = {}  # what forked helpers see


def _prepare(number: int):
    """Chunks of one document: their ids and where they lie."""
    documents, limit, tokenizer = _shared["documents"], _shared["chunk"], _shared["tokenizer"]
    ids, spans, at = [], [], 0
    for text in chunks(documents[number].text, limit, tokenizer.encode):
        ids.append(tokenizer.encode(text).ids)
        spans.append((at, at + len(text)))
        at += len(text)
    return ids, spans


def _call(item):
    return _shared["function"](item)


def each(workers: int):
    """A map over forked processes: use it before CUDA starts."""
    def run(function, items):
        items = list(items)
        if workers < 2 or len(items) < 5:
            return [function(item) for item in items]
        _shared["function"] = function
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            return pool.map(_call, items, chunksize=1)
    return run


def prepare(documents, limit: int, tokenizer, workers: int):
    """Chunks all documents."""
    _shared.update(documents=documents, chunk=limit, tokenizer=tokenizer)
    parts = each(workers)(_prepare, range(len(documents)))
    for document, (ids, _) in zip(documents, parts):
        document.chunks, document.tokens = ids, sum(map(len, ids))
    return [spans for _, spans in parts]


def build(args, tokenizer) -> list[tuple[str, list[niah.Document]]]:
    if args.task == "books":  # as long as they are, in no haystack
        sections = [row["text"] for row in extra(args.data)]
        return [("books", niah.books(Books(sections).dev, sections, args.count[0], args.seed))]
    simple_hay = simple.haystack(args.seed) if args.task == "simple" else ""
    sources = [simple_hay] if simple_hay else [text for path in args.haystack for text in niah.texts(path)]
    hay = niah.Hay(sources, tokenizer.encode)
    sets = []
    for tokens, count in zip(args.tokens, itertools.chain(args.count, itertools.repeat(args.count[-1]))):
        if args.task == "several":
            rows = [row for row in objects(args.several) if not args.kind or row["kind"] in args.kind]
            documents = niah.several(hay, rows, tokens, count, args.seed, each(args.workers))
        elif args.task == "questions":
            documents = niah.passages(hay, Questions(args.data).dev, tokens, count, args.seed, each(args.workers))
        else:
            rows = simple.needles(args.seed, count, simple_hay) if simple_hay else objects(args.needles)
            documents = niah.needles(hay, rows, tokens, count, args.seed, args.no_needle, each(args.workers))
        sets.append((f"{args.task}{'-absent' if args.no_needle else ''}-{tokens}", documents))
    return sets


def read(model: Decoder, documents, spans, tokenizer, mode: str, args) -> tuple[dict, list[dict]]:
    options = Options(mode, args.stop_at, not args.no_drafts, args.round)
    encode = lambda text: tokenizer.encode(text).ids
    longest = max(max(map(len, document.chunks)) + 2 * len(encode(document.question)) for document in documents)
    # Short buffers: rows that serve together are padded to the longest reach, and a slide is cheap.
    slots = model.window + MARGIN + longest + options.round_limit
    order = sorted(range(len(documents)), key=lambda i: -documents[i].tokens)  # long ones first: no lone one at the end
    loops = (Loop(encode(documents[i].question), documents[i].chunks, encode, options).run() for i in order)
    begun, passes, fed = time.time(), model.passes, model.fed
    rows = []
    for at, result in drive(model, loops, min(args.rows, len(documents)), slots):
        i = order[at]
        rows.append(judge(documents[i], result, spans[i], tokenizer.decode))
    seconds = time.time() - begun
    rows.sort(key=lambda row: row["id"])
    return {"mode": mode, "chunk": args.chunk, "window": model.window, "stop_at": args.stop_at, **summary(rows),
            "seconds": seconds, "passes": model.passes - passes,
            "tokens_per_s": sum(documents[i].tokens for i in order) / seconds,
            "fed_per_s": (model.fed - fed) / seconds}, rows


def show(name: str, total: dict, rows: list[dict], misses: int) -> None:
    print(f"\n{name} {total['mode']}: accuracy {total['accuracy']:.3f} (n = {total['n']}), F1 {total['f1']:.3f}, evidence "
          f"quoted {total['quoted']:.3f}, not found {total['not_found']:.3f}, false clues/chunk "
          f"{total['false_clues_per_chunk']:.4f}, false stops/chunk {total['false_stops_per_chunk']:.5f}, clues verbatim "
          f"{total['clues_verbatim']}/{total['clues']}, repaired rounds {total['repaired_rounds']}, "
          f"{total['seconds']:.1f} s, {total['passes']} passes, {total['tokens_per_s']:.0f} tok/s", flush=True)
    print("  by depth", total["by_depth"])
    for row in [row for row in rows if not row["correct"]][:misses]:
        print(f"  miss {row['id']} depth {row['depth']:.2f} rounds {row['rounds']}/{row['chunks']}: {row['question']}\n"
              f"    wanted {row['answers']} got {'(not found)' if row['not_found'] else row['answer']!r} "
              f"clues {row['clues'][:3]}")


def main(args) -> list[dict]:
    tokenizer = reader.tokenizer(args.model)
    chunk, args.round = reader.sizes(args.model)
    args.chunk = args.chunk or chunk
    sets = build(args, tokenizer)
    everything = [document for _, documents in sets for document in documents]
    if args.dump:
        with open(args.dump, "w", encoding="utf-8") as file:
            for document in everything:
                file.write(json.dumps(document.row(), ensure_ascii=False) + "\n")
    # Documents are chunked in forked helpers before CUDA starts.
    spans = iter(prepare(everything, args.chunk, tokenizer, args.workers))
    spans = {name: list(itertools.islice(spans, len(documents))) for name, documents in sets}
    kind = {Rwkv: RwkvDecoder, Llama: Decoder}[family(args.model)]
    file = {"module": args.decoder} if args.decoder else {}
    model = kind(args.model, args.device, args.compute, window=args.window, probes=PROBES, attention=args.attention, **file)
    report = []
    for name, documents in sets:
        for mode in args.mode:
            total, rows = read(model, documents, spans[name], tokenizer, mode, args)
            show(name, total, rows, args.misses)
            report.append({"set": name, **total, "documents": rows})
            if args.out:  # after every set: a run that is cut short keeps what it has
                args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    return report


def arguments(given=None):
    cuda = torch.cuda.device_count() > 0
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--task", choices=["niah", "several", "questions", "books", "simple"], default="niah")
    p.add_argument("--kind", nargs="+", choices=["keys", "values", "queries", "hops"], help="of --task several; default: all")
    p.add_argument("--mode", nargs="+", choices=MODES, default=["kept"])
    p.add_argument("--tokens", nargs="+", type=int, default=[8192])
    p.add_argument("--count", nargs="+", type=int, default=[60], help="documents, one number per length or one for all")
    p.add_argument("--window", type=int, default=reader.WINDOW)
    p.add_argument("--chunk", type=int, help="default: the reader's")
    p.add_argument("--stop-at", type=float, default=0.5, help="stop early at this probability; above 1: never")
    p.add_argument("--no-needle", action="store_true")
    p.add_argument("--no-drafts", action="store_true")
    p.add_argument("--haystack", nargs="+", type=Path, default=[_HERE / "eval" / "haystack-eval.jsonl.gz"])
    p.add_argument("--needles", type=Path, default=_HERE / "eval" / "needles.jsonl")
    p.add_argument("--several", type=Path, default=_HERE / "eval" / "several.jsonl")
    p.add_argument("--data", type=Path, default=_HERE / "data")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--rows", type=int, default=32 if cuda else 4, help="readings side by side")
    p.add_argument("--device", default="cuda" if cuda else "cpu")
    p.add_argument("--compute", choices=["fp32", "bf16", "fp16"], default="bf16" if cuda else "fp32")
    p.add_argument("--decoder", type=Path, help="another decoder file")
    p.add_argument("--attention", type=int, default=0, help="the decoder's kind of attention, 0: it chooses")
    p.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    p.add_argument("--misses", type=int, default=12, help="misses to print per set")
    p.add_argument("--out", type=Path, help="JSON with every document's result")
    p.add_argument("--dump", type=Path, help="JSON lines of the documents, for the Java reader")
    return p.parse_args(given)


if __name__ == "__main__":
    main(arguments())
