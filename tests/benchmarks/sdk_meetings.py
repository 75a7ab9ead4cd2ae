"""Child: HubSpot's official Python SDK only fetches all meetings, in pages of 100, as the app asks for them.

Arguments: the sandbox's HubSpot origin, its token, comma-separated properties and record types.
"""

import importlib
import sys
import time

from tests.benchmarks.report import answer


def main(origin: str, token: str, properties: str, kinds: str) -> None:
    """Fetch and count; the SDK's import and the making of its client are left out."""
    try:
        sdk = importlib.import_module("hubspot")
    except ModuleNotFoundError:
        answer(count=0)
        return
    meetings = sdk.HubSpot(access_token=token).crm.objects.meetings.basic_api
    meetings.api_client.configuration.host = origin
    wanted, associations = properties.split(","), kinds.split(",")
    wall, cpu = time.perf_counter(), time.process_time()
    count, after = 0, None
    while True:
        page = meetings.get_page(limit=100, after=after, properties=wanted, associations=associations)
        count += len(page.results)
        if page.paging is None or page.paging.next is None:
            break
        after = page.paging.next.after
    answer(count=count, wall=(time.perf_counter() - wall) * 1000, cpu=(time.process_time() - cpu) * 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
