"""The program as the system sees it: a child process with an exit code, files, signals and children."""
