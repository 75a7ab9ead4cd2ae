"""Fakes of every port in `app.domain.ports`, a manual clock, and samples; each fake is tested itself."""
