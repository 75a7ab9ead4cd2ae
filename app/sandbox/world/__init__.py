"""The world the sandbox serves, made from one seed: portal, people, calendars, meeting links and records."""
