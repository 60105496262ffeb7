"""The tests, in folders like what they are about; what several of them need is in support/."""

import pytest

pytest.register_assert_rewrite("tests.support")
