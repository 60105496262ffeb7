"""How every service of the sandbox is served: over TLS, on loopback, to browsers too."""
