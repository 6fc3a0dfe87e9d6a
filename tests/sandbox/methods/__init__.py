"""Tests of the methods, family by family."""
