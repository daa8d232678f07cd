# No HOME, no directory to be in, no terminal, TMPDIR that is not there.
sim && ids 3 >a.txt && mkdir gone
mqstat=$(command -v mqstat) && cd gone && rmdir ../gone
ids 3 | env -i MQSTAT_ENDPOINT="$url" MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0 TMPDIR=/none PATH="$PATH" setsid "$mqstat" -r auto | rows && cd /
