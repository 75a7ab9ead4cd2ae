"""Use cases with fakes and a clock turned by hand."""
