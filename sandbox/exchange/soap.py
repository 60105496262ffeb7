"""SOAP as Exchange Web Services speak it: reading requests, writing answers and faults."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from starlette.responses import Response

MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
_ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_VERSIONS = re.compile(r"Exchange20(07|10|13|16)(_SP[123])?|V20\d\d_\d\d_\d\d")
_TEXTS = {
    "ErrorAccessDenied": "Access is denied. Check credentials and try again.",
    "ErrorInvalidIdMalformed": "Id is malformed.",
    "ErrorInvalidRequest": "The request is invalid.",
    "ErrorInvalidServerVersion": "The specified server version is invalid.",
    "ErrorMailRecipientNotFound": "Recipient was not found.",
    "ErrorMissingInformationEmailAddress": "Information about the e-mail address is missing.",
    "ErrorNameResolutionMultipleResults": "Multiple results were found.",
    "ErrorNameResolutionNoMailbox": "There is no mailbox associated with this account.",
    "ErrorNameResolutionNoResults": "No results were found.",
    "ErrorSchemaValidation": "The request failed schema validation.",
}


class SoapFault(Exception):
    """Ends the request with a SOAP fault, whose code is the text of this exception."""


def parse(body: bytes) -> ElementTree.Element:
    """The operation in a SOAP request. Raises Fault; never reads a document type, nor anything outside."""
    try:
        text = body.decode()
        if re.search(r"<!(?!--|\[CDATA\[)", text):
            raise SoapFault("ErrorInvalidRequest")
        # As text: an encoding that the document claims for itself is of no account.
        envelope = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        raise SoapFault("ErrorSchemaValidation") from None
    version = envelope.find(f"{{{_SOAP}}}Header/{{{TYPES}}}RequestServerVersion")
    if version is not None and not _VERSIONS.fullmatch(version.get("Version", "")):
        raise SoapFault("ErrorInvalidServerVersion")
    operation = envelope.find(f"{{{_SOAP}}}Body/*")
    if envelope.tag != f"{{{_SOAP}}}Envelope" or operation is None:
        raise SoapFault("ErrorSchemaValidation")
    return operation


def message(operation: str, outcome: str, code: str, content: str = "") -> str:
    """One response message; `outcome` is Success, Warning or Error."""
    text = f"<m:MessageText>{_TEXTS[code]}</m:MessageText>" if code in _TEXTS else ""
    link = "<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>" if text else ""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="{outcome}">'
        f"{text}<m:ResponseCode>{code}</m:ResponseCode>{link}{content}</m:{operation}ResponseMessage>"
    )


def answer(operation: str, messages: str) -> Response:
    """The HTTP answer to an operation."""
    return _envelope(
        f'<m:{operation}Response xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
        f"<m:ResponseMessages>{messages}</m:ResponseMessages></m:{operation}Response>",
        200,
    )


def fault(code: str) -> Response:
    """The HTTP answer that tells a fault."""
    text = _TEXTS[code]
    return _envelope(
        f'<s:Fault><faultcode xmlns:a="{TYPES}">a:{code}</faultcode>'
        f'<faultstring xml:lang="en-US">{text}</faultstring><detail>'
        f'<e:ResponseCode xmlns:e="{_ERRORS}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{_ERRORS}">{text}</e:Message></detail></s:Fault>',
        500,
    )


def _envelope(content: str, status: int) -> Response:
    version = 'MajorVersion="15" MinorVersion="20" MajorBuildNumber="9000" MinorBuildNumber="15"'
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{_SOAP}"><s:Header>'
        f'<h:ServerVersionInfo {version} Version="V2018_01_08" xmlns:h="{TYPES}"/>'
        f"</s:Header><s:Body>{content}</s:Body></s:Envelope>"
    )
    return Response(body, status, {"Content-Type": "text/xml; charset=utf-8"})
