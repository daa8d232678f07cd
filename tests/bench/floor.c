/*
 * What no program on libcurl starts faster than: libcurl and the libraries
 * that it wants are loaded and initialised, and nothing else is done.
 */
#include <curl/curl.h>

int main(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) ? 1 : 0;
}
