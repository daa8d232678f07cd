/*
 * What mqstat cannot start faster than: its libraries are loaded, libcurl is
 * initialised, and nothing else is done.
 */
#include <curl/curl.h>

int main(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) ? 1 : 0;
}
