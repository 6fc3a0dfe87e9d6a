"""What the tests of the editors' room share: the small content and the shipped one of the catalog's tests."""

from tests.catalog.conftest import house, shipped

__all__ = ["house", "shipped"]
