"""Tests of the block model and its printers."""
