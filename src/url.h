/*
 * The request path of a client id, percent-encoded by length (RFC 3986
 * section 2): every byte outside unreserved becomes %XX, upper-case.
 */
#ifndef MQSTAT_URL_H
#define MQSTAT_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * Can this id be asked for at all? Not empty, `.` or `..` (RFC 3986 section
 * 5.2.4 would remove them), at most 65,535 bytes, well-formed UTF-8 without
 * U+0000 (MQTT 5.0 section 1.5.4).
 */
bool url_id_valid(const char *id, size_t len);

/*
 * Sets path to PREFIX/client-id/ID/status, NUL-terminated (the NUL is not
 * counted). prefix has no slash at its end. Returns -1 when path's maximum
 * is passed.
 */
int url_path(struct buf *path, const char *prefix, const char *id, size_t len);

#endif
