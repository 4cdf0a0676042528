"""A client of urllib3. Usage: client.py fingerprint|plain"""

import os
import sys

import urllib3

# The fingerprint of no certificate.
NOBODY = "00" * 32
# Redirects are followed, failures are final.
RETRIES = urllib3.Retry(connect=0, read=0, other=0, redirect=3)
URLS = {"request": "ASSAY_URL", "second-host": "ASSAY_SECOND_URL", "plain-request": "ASSAY_PLAIN_URL"}


def manager(habit: str) -> urllib3.PoolManager:
    options = {"ca_certs": os.environ["ASSAY_CA"], "cert_reqs": "CERT_REQUIRED", "retries": RETRIES, "timeout": 8}
    if habit == "fingerprint":
        options["assert_fingerprint"] = os.environ.get("ASSAY_FINGERPRINT", NOBODY)
    proxy = os.environ.get("HTTPS_PROXY")
    return urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)


def follow(http: urllib3.PoolManager, step: str) -> bool:
    """One step; false when its request failed."""
    try:
        print(step, http.request("GET", os.environ[URLS[step]]).status)
        return True
    except urllib3.exceptions.HTTPError as error:
        print(step, error, file=sys.stderr)
        return False


def main() -> int:
    http = manager(sys.argv[1])
    steps = [step for step in os.environ.get("ASSAY_STEPS", "request").split(",") if step in URLS]
    return 0 if all([follow(http, step) for step in steps]) else 1


sys.exit(main())
