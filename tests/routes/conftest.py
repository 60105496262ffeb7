"""What several tests of the routes need."""

from tests.browser.conftest import everything_told
from tests.support.tracked_mails import individual

__all__ = ["everything_told", "individual"]
