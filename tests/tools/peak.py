#!/usr/bin/env python3
"""peak.py MB COMMAND...: fails when COMMAND's memory peaks above MB."""
import os
import resource
import sys

limit = float(sys.argv[1])
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status = os.waitpid(pid, 0)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
if peak > limit:
    print(f"a peak of {peak:.0f} MB, over {limit:.0f} MB")
sys.exit(os.waitstatus_to_exitcode(status) if peak <= limit else 99)
