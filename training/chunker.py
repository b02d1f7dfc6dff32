"""The reference chunker. The reader's Java chunker gives the same chunks; offsets are UTF-16 code units."""

SEPARATORS = ("\n\n\n", "\r\n\r\n\r\n", "\n\n", "\r\n\r\n", "\n", ". ", ".", "! ", "? ", ", ", "; ", ": ", " \u2013 ", " ")


def chunks(text, limit_tokens, encode, boundaries=()):
    """Cuts `text` into chunks of at most `limit_tokens` tokens; joined they are the text.

    encode(text) returns ids and offsets (in code points) as tokenizers.Encoding does, without special tokens.
    boundaries: offsets (UTF-16 code units) where a part of the source begins; the coarsest cuts of all.
    """
    units = to_units(text)
    result, start = [], 0
    while start < len(units):
        end = next_cut(units, start, limit_tokens, encode, boundaries)
        result.append(to_text(units[start:end]))
        start = end
    return result


def next_cut(units, start, limit_tokens, encode, boundaries):
    limit = token_limit(units, start, limit_tokens, encode)
    if limit is None:
        return len(units)
    while True:
        cut = best_cut(units, start, limit, boundaries)
        if len(encode(to_text(units[start:cut])).ids) <= limit_tokens:
            return cut
        limit = whole_character(units, start, cut - 1)


def token_limit(units, start, limit_tokens, encode):
    """Where the last token that fits ends, or None when the whole rest fits."""
    ahead = 6 * limit_tokens
    while True:
        end = whole_character(units, start, min(len(units), start + ahead))
        piece = to_text(units[start:end])
        encoding = encode(piece)
        if len(encoding.ids) > limit_tokens:
            code_points = encoding.offsets[limit_tokens - 1][1]
            limit = start + len(to_units(piece[:code_points]))
            return whole_character(units, start, limit)
        if end == len(units):
            return None
        ahead *= 2


def best_cut(units, start, limit, boundaries):
    """The last cut of the coarsest level in (middle, limit], else the limit itself."""
    middle = start + (limit - start) // 2
    cuts = [b for b in boundaries if middle < b <= limit]
    if cuts:
        return max(cuts)
    for separator in SEPARATORS:
        # The cut lies behind the separator, which must not begin before this chunk.
        at = units.rfind(separator, max(start, middle + 1 - len(separator)), limit)
        if at >= 0:
            return at + len(separator)
    return limit


def whole_character(units, start, end):
    """Moves an end inside a surrogate pair back; a first character always stays whole."""
    if 0 < end < len(units) and "\ud800" <= units[end - 1] <= "\udbff" and "\udc00" <= units[end] <= "\udfff":
        end -= 1
    return end if end > start else min(len(units), start + (2 if "\ud800" <= units[start] <= "\udbff" else 1))


def to_units(text):
    """A string with one character per UTF-16 code unit."""
    if not text or max(text) <= "\uffff":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def to_text(units):
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") \
        if any_surrogate(units) else units


def any_surrogate(units):
    return bool(units) and max(units) >= "\ud800" and any("\ud800" <= c <= "\udfff" for c in units)
