#!/usr/bin/env bash
# Fetches the books of LuceneEvaluation into a folder: Standard Ebooks editions (CC0-1.0; the works
# are in the public domain in the United States), each at the commit that the questions were made on.
#   benchmarks/get-books.sh FOLDER [BASE]
# BASE: where the repositories are; default https://github.com/standardebooks
set -euo pipefail
folder=${1:?name a folder}
base=${2:-https://github.com/standardebooks}
while read -r name commit; do
  target="$folder/$name"
  if [ -d "$target/src/epub/text" ]; then
    continue
  fi
  git init -q "$target"
  git -C "$target" fetch -q --depth 1 "$base/$name" "$commit"
  git -C "$target" checkout -q FETCH_HEAD -- src/epub/content.opf src/epub/text
  echo "$name"
done <<'BOOKS'
alexandre-dumas_the-count-of-monte-cristo_chapman-and-hall fdaed8916dfbd72b9612b92f7f2dec17f93f94f0
charles-darwin_the-voyage-of-the-beagle 4ad3b795abbb155e21c100d17d0b4d3ed0e34c8a
charles-dickens_bleak-house 3403d79e09c8bc1719b0db1a7d1e5971034d03a5
charles-dickens_david-copperfield b00322a0956fec6d38ff19142d7acae58cd64fe9
edward-gibbon_the-history-of-the-decline-and-fall-of-the-roman-empire 557e5c4f70a51882c9f700fcc128a0c437b5ec77
leo-tolstoy_war-and-peace_louise-maude_aylmer-maude 53ec5870bee8c8d0d213c090c5ff78d52f474c9d
lytton-strachey_eminent-victorians a08fee85e21cf6f4ca3b17aa41eeae718e285770
miguel-de-cervantes-saavedra_don-quixote_john-ormsby 02af6f98dee7dd1123cbe5cdad64464e4f23d666
samuel-pepys_the-diary a3031890b10ba1332659e4462fd5db5c99e60616
victor-hugo_les-miserables_isabel-f-hapgood 4d86ccabb270291d12655fb94ea75c0b18ed2600
BOOKS
