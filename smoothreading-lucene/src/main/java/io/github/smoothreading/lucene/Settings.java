package io.github.smoothreading.lucene;

import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;

/** What the user said about the index; the rest is found out. */
record Settings(
    Optional<String> searchField,
    Optional<StoredText> text,
    Optional<String> id,
    Optional<String> idDelimiter,
    Optional<StoredNumber> order,
    Optional<StoredNumber> start,
    Optional<StoredText> title,
    Optional<Analyzer> analyzer,
    Optional<Search.Vectors> vectors) {}
