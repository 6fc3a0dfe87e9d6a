"""Finding it: words, the index, ranking."""
