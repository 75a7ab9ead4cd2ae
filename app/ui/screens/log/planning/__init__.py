"""Plan a meeting: into the rep's calendar through HubSpot, without a meeting link.

It lives with the Log screen because it is written with the editor's own parts (records, duplicates, drafts)
and the meeting appears there; every other screen comes here by `Routes.plan_requested`.
"""
