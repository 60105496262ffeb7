"""The privacy policy, in each of its languages, and what stands behind it."""

from __future__ import annotations

from tests.browser.gallery.scenes import PageScene

_POLICY, _DETAILS = "privacy.html", "privacy-details.html"
POLICIES = (
    PageScene("policy", "Privacy", "", file=_POLICY, person=None),
    PageScene("policy-de", "Was von Ihnen gemessen wird", "de", file=_POLICY, person=None),
    PageScene("policy-fr", "Ce qui est mesuré de vous", "fr", file=_POLICY, person=None),
    PageScene("policy-es", "Qué se mide de usted", "es", file=_POLICY, person=None),
    PageScene("policy-details", "What is measured, mode by mode", "", file=_DETAILS, person=None),
)
