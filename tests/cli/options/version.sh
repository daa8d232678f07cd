# The version, and those of the libraries.
mqstat --version | sed -E '1s/ [0-9]+\.[0-9]+\.[0-9]+$/ N/; 2s/([a-z0-9]+)\/.*/\1.../' && mqstat -V | cmp - <(mqstat --version)
