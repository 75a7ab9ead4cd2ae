"""The sign-in screen: what the window shows while no account is active, and to add or reconnect one."""

from app.ui.screens.signin.screen import SignInScreen

__all__ = ["SignInScreen"]
