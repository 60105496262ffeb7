"""What several tests of the routes need."""

from tests.support.tracked_mails import individual

__all__ = ["individual"]
