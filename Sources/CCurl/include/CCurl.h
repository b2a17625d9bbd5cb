#pragma once
#include <curl/curl.h>

// Whether libcurl can be called; if not, the reason is in `error`.
int redeye_curl_load(char *error, int capacity);

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call; each line below is
// one of them with the type of its last argument fixed. Callers match option and type as curl_easy_setopt(3) says.
CURLcode redeye_set_long(CURL *handle, CURLoption option, long value);
CURLcode redeye_set_offset(CURL *handle, CURLoption option, curl_off_t value);
// libcurl copies the text, but for CURLOPT_POSTFIELDS; use CURLOPT_COPYPOSTFIELDS.
CURLcode redeye_set_text(CURL *handle, CURLoption option, const char *value);
// For WRITEDATA, HEADERDATA, READDATA, PRIVATE and COPYPOSTFIELDS.
CURLcode redeye_set_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode redeye_set_buffer(CURL *handle, CURLoption option, char *value);
CURLcode redeye_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
// The read callback has the same type as the write callback, so one line serves WRITE, HEADER and READFUNCTION.
CURLcode redeye_set_callback(CURL *handle, CURLoption option, curl_write_callback value);
CURLcode redeye_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode redeye_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode redeye_get_text(CURL *handle, CURLINFO info, char **value);
// The callback gets the SSL_CTX of OpenSSL for each connection.
CURLcode redeye_set_tls_callback(CURL *handle, curl_ssl_ctx_callback value);
CURLMcode redeye_multi_set_long(CURLM *handle, CURLMoption option, long value);
// CURLMsg holds a union, of which Swift would have to know the active member: the code of a finished transfer.
static inline CURLcode redeye_message_code(const CURLMsg *message) { return message->data.result; }
// CURL_GLOBAL_DEFAULT is an expression of macros the importer skips.
static inline CURLcode redeye_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
