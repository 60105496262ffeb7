"""What several tests of the routes need."""

from tests.browser.conftest import everything_told
from tests.support.consenting import consenting, nobody_answered
from tests.support.tracked_mails import individual

__all__ = ["consenting", "everything_told", "individual", "nobody_answered"]
