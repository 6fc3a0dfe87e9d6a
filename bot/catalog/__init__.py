"""What we know: card types, reading YAML, grounding in the sources. Values in, values out; no database, no clock."""
