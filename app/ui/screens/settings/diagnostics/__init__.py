"""The diagnostics page: versions, what is wrong at present, and a text to copy for support."""
