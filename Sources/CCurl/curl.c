#include "CCurl.h"

#include <CLater.h>

// The functions of libcurl that redeye calls.
#define LIBCURL(type, name, parameters, arguments) LATER("libcurl.so.4", "libcurl4", type, name, parameters, arguments)

int redeye_curl_load(char *error, int capacity) { return later_load("libcurl.so.4", "libcurl4", error, capacity); }

LIBCURL(CURLcode, curl_global_init, (long flags), (flags))
LIBCURL(void, curl_free, (void *memory), (memory))

LIBCURL(CURL *, curl_easy_init, (void), ())
LIBCURL(void, curl_easy_cleanup, (CURL * handle), (handle))
LIBCURL(CURLcode, curl_easy_perform, (CURL * handle), (handle))
LIBCURL(const char *, curl_easy_strerror, (CURLcode code), (code))

LIBCURL(CURLM *, curl_multi_init, (void), ())
LIBCURL(CURLMcode, curl_multi_cleanup, (CURLM * handle), (handle))
LIBCURL(CURLMcode, curl_multi_add_handle, (CURLM * handle, CURL *one), (handle, one))
LIBCURL(CURLMcode, curl_multi_remove_handle, (CURLM * handle, CURL *one), (handle, one))
LIBCURL(CURLMcode, curl_multi_perform, (CURLM * handle, int *running), (handle, running))
LIBCURL(CURLMcode, curl_multi_poll,
        (CURLM * handle, struct curl_waitfd more[], unsigned int count, int milliseconds, int *ready),
        (handle, more, count, milliseconds, ready))
LIBCURL(CURLMsg *, curl_multi_info_read, (CURLM * handle, int *left), (handle, left))

LIBCURL(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text))
LIBCURL(void, curl_slist_free_all, (struct curl_slist * list), (list))

LIBCURL(CURLU *, curl_url, (void), ())
LIBCURL(void, curl_url_cleanup, (CURLU * url), (url))
LIBCURL(CURLUcode, curl_url_get, (CURLU * url, CURLUPart part, char **text, unsigned int flags),
        (url, part, text, flags))
LIBCURL(CURLUcode, curl_url_set, (CURLU * url, CURLUPart part, const char *text, unsigned int flags),
        (url, part, text, flags))

// The variadic ones, by the name of what they return, their first argument and the option that is their second.
#define CALL_CURL(name, result, first, option) \
  ((result(*)(first *, option, ...))LATER_FOUND("libcurl.so.4", "libcurl4", name))

#define SET(suffix, type) \
  CURLcode redeye_set_##suffix(CURL *handle, CURLoption option, type value) { \
    return CALL_CURL("curl_easy_setopt", CURLcode, CURL, CURLoption)(handle, option, value); \
  }
#define GET(suffix, type) \
  CURLcode redeye_get_##suffix(CURL *handle, CURLINFO info, type value) { \
    return CALL_CURL("curl_easy_getinfo", CURLcode, CURL, CURLINFO)(handle, info, value); \
  }

SET(long, long)
SET(offset, curl_off_t)
SET(text, const char *)
SET(pointer, const void *)
SET(buffer, char *)
SET(list, struct curl_slist *)
SET(callback, curl_write_callback)
GET(long, long *)
GET(offset, curl_off_t *)
GET(text, char **)

CURLcode redeye_set_tls_callback(CURL *handle, curl_ssl_ctx_callback value) {
  return CALL_CURL("curl_easy_setopt", CURLcode, CURL, CURLoption)(handle, CURLOPT_SSL_CTX_FUNCTION, value);
}

CURLMcode redeye_multi_set_long(CURLM *handle, CURLMoption option, long value) {
  return CALL_CURL("curl_multi_setopt", CURLMcode, CURLM, CURLMoption)(handle, option, value);
}
