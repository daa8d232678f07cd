#!/usr/bin/env bash
# Makes, here: an authority ca.pem, a server's cert.pem and key.pem of it, and
# OCSP responses for that: good.der and revoked.der are the authority's own,
# foreign.der revokes, too, but another authority signed it.
set -eu

authority() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" -days 2
}

respond() { # NAME SIGNER STATE REVOKED_AT, as `openssl ca` has them
    printf '%s\t990101000000Z\t%s\t1000\tunknown\t/CN=s\n' "$3" "$4" >index.txt
    openssl ocsp -index index.txt -rsigner "$2.pem" -rkey "$2.key" -CA ca.pem \
        -issuer ca.pem -serial 0x1000 -ndays 1 -respout "$1.der"
}

exec >stapled.log 2>&1
authority ca
authority other
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=s \
    -keyout key.pem -out request.pem
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -set_serial 0x1000 \
    -days 1 -extfile <(echo subjectAltName=IP:127.0.0.1) -out cert.pem
respond good ca V ''
respond revoked ca R 260101000000Z
respond foreign other R 260101000000Z
