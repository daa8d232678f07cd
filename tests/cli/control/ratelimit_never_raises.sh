# A generous or malformed field changes nothing.
cat >hints <<'END'
every=2 header="RateLimit: \"default\";r=1000000000;t=1" header="RateLimit-Policy: \"p\";q=99999999;w=1"
every=3 header="RateLimit: r=-5;t=x" header="RateLimit-Policy: q=;w=0" header="X-RateLimit-Remaining: 1e18" header="X-RateLimit-Reset: soon"
END
sim --scenario hints && ids 200 | mqstat --rate 100 -o out.csv && sim_end && within_rate 100
