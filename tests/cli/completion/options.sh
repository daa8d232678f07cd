# Every option of --help is offered, and nothing else is.
# limit: 60
mqstat --help | sed -n 's/^  \(-., \|    \)\(--[a-z-]*\).*/\2/p' | sort >names
for shell in bash zsh fish; do python3 "$TESTS/complete.py" "$BUILD/completion" $shell 'mqstat --' | grep -o -e '--[a-z][a-z-]*' | sort | diff names - && echo $shell; done; [ "$(wc -l <names)" -gt 40 ]
