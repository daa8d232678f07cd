/*
 * What several views tell.
 *
 * Responsible for facts that each view words or formats in its own way; not
 * for counting (see stats.c).
 */
#include "account_view.h"

#include <signal.h>
#include <string.h>

const struct account_point account_points[ACCOUNT_POINTS] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}};

void account_counts(const struct summary *summary,
                    struct account_count counts[ACCOUNT_COUNTS])
{
    const struct stats *stats = summary->stats;
    const struct account_count all[ACCOUNT_COUNTS] = {
        {"rows", "total", stats->rows, NULL},
        {"rows", "online", stats->online, "online"},
        {"rows", "offline", stats->offline, "offline"},
        {"rows", "failed", stats_failed_rows(stats), "errors"},
        {"requests", "sent", stats->sent, "requests"},
        {"requests", "answered", stats->answered, NULL},
        {"requests", "refused", stats->refused, "refused"},
        {"requests", "retried", stats->retried, "retried"},
        {"requests", "connections", summary->connections, NULL},
        {"input", "bytes", summary->bytes, NULL},
        {"input", "bad_rows", stats->errors[QUERY_BAD_ROW], "bad_rows"},
        {"input", "bad_client_ids", stats->errors[QUERY_BAD_CLIENT_ID], NULL},
        {"input", "copies", stats->copies, NULL},
        {"input", "trimmed", summary->trimmed, NULL},
    };
    memcpy(counts, all, sizeof all);
}

int account_exit_code(const struct summary *summary)
{
    return summary->closed ? 128 + SIGPIPE : (int)summary->status;
}
