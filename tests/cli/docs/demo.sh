cd "$TESTS/.."
samples/demo.sh "$BUILD" 2>&1 | sed "s|$BUILD|BUILD|"
