"""Finding it: words, interpretation, ranking, and the whole on the shipped content."""
