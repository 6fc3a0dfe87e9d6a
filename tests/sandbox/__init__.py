"""Tests of the sandbox, over real HTTP and through clients that nobody here wrote."""
