"""Listening on this machine alone."""

from __future__ import annotations

import errno
import os
import socket


def listen(port: int = 0) -> list[socket.socket]:
    """Sockets on both loopback addresses, with one port; 0 picks a free one. Raises OSError if it is taken.

    Both, because some systems try ::1 first for `localhost` and are slow to give up on it.
    """
    sockets = [_listen(socket.AF_INET, "127.0.0.1", port)]
    try:
        sockets.append(_listen(socket.AF_INET6, "::1", sockets[0].getsockname()[1]))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:  # else this machine has no IPv6
            sockets[0].close()
            raise
    return sockets


def _listen(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named, as socket.create_server does
    # not: each answer would wait 44 ms for the client's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let two servers share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener
