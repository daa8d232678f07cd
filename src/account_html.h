/*
 * Inside account: the report's building blocks. Appends to a buffer that is
 * large enough (ACCOUNT_VIEW_MAX_BYTES).
 */
#ifndef MQSTAT_ACCOUNT_HTML_H
#define MQSTAT_ACCOUNT_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account_view.h"

/* Appends markup of our own (printf(3)); no text from outside. */
void account_html(struct buf *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Appends text from outside: markup escaped; what is not well-formed or
 * could hide or reorder text is shown as \xNN.
 */
void account_html_text(struct buf *out, const char *text, size_t len);

/* Appends a count as people read it, and a share of a whole: `93.1 %`. */
void account_html_count(struct buf *out, uint64_t count);
void account_html_share(struct buf *out, uint64_t part, uint64_t whole);

/* The bar of online, offline and unknown. */
void account_html_bar(struct buf *out, uint64_t online, uint64_t offline,
                      uint64_t rows);

/* A section each: requests per second, and latency, with their tables. */
void account_chart_rate(struct buf *out, const struct summary *summary);
void account_chart_latency(struct buf *out, const struct stats *stats);

#endif
