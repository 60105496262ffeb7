"""The agreement: what a works council or data protection officer signed. It binds the administrator too."""
