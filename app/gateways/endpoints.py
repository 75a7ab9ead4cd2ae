"""Where an account's service is, and how this app introduces itself there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.api.http_client import HttpClient
from app.api.oauth import OAuthApp, OAuthClient
from app.api.pacing import FlightGate
from app.api.rules import CallRules
from app.api.versions import PATHS, ApiPaths, ApiVersion
from app.domain.accounts import OPTIONAL_SCOPES, REQUIRED_SCOPES, AppCredentials, Workspace


@dataclass(frozen=True, slots=True)
class ServiceEndpoints:
    """One service: `authorize_base` for the browser, `api_base` for calls, `ports` for the redirect."""

    authorize_base: str
    api_base: str
    credentials: AppCredentials
    ports: tuple[int, ...]
    version: ApiVersion
    http: HttpClient
    flights: FlightGate

    @property
    def paths(self) -> ApiPaths:
        """Every path of the chosen version."""
        return PATHS[self.version]

    @property
    def app(self) -> OAuthApp:
        """The app and what it asks for."""
        return OAuthApp(
            client_id=self.credentials.client_id,
            client_secret=self.credentials.client_secret,
            scopes=REQUIRED_SCOPES,
            optional_scopes=OPTIONAL_SCOPES,
        )

    def oauth(self, rules: CallRules | None = None) -> OAuthClient:
        """The token endpoint's client."""
        return OAuthClient(self.http, self.api_base, self.paths, self.app, rules=rules)


EndpointSource = Callable[[Workspace], Awaitable[ServiceEndpoints]]
"""Finds the service of a workspace; raises SignInFailed where credentials are missing."""
