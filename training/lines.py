"""Files of lines: JSON objects, compressed or not."""
import gzip
import json


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")


def objects(path):
    """The objects of a JSON-lines file; blank lines are passed over."""
    with opened(path) as file:
        return [json.loads(line) for line in file if line.strip()]
