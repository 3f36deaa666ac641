/* Exchanges every kind of message with an echo endpoint, with libwebsockets. Exits with 0 if all came back. */
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB (1 << 20)
#define FRAGMENT 4000

enum { TEXT, BINARY };

struct message {
    int kind;
    size_t length;
    size_t fragment; /* bytes of a fragment; 0 for a single frame */
};

/* The short ones come first, and are left out with compression: what a server then sends uncompressed, as it may,
 * libwebsockets 4.1 hands to its user twice. */
#define SHORT 2
static const struct message messages[] = {
    { TEXT, 0, 0 },       { TEXT, 5, 0 },
    { BINARY, 300, 0 },   { TEXT, 40000, FRAGMENT }, { BINARY, 70000, FRAGMENT },
    { BINARY, MIB, 0 },   { TEXT, MIB, 65536 },
};
#define COUNT (sizeof(messages) / sizeof(messages[0]))

static unsigned char out[LWS_PRE + MIB + 16];
static unsigned char in[MIB];
static size_t current, sent, received;
static int result = 1, done, waiting;

static void fill(const struct message *m)
{
    for (size_t i = 0; i < m->length; i++)
        out[LWS_PRE + i] = m->kind == TEXT ? 'a' + (i * 7 + current) % 26 : (unsigned char)(i * 31 % 7);
}

static int fail(const char *why)
{
    fprintf(stderr, "message %zu: %s\n", current, why);
    done = 1;
    return -1;
}

static int on_writeable(struct lws *wsi)
{
    const struct message *m = &messages[current];
    size_t size = m->fragment && m->length - sent > m->fragment ? m->fragment : m->length - sent;
    int last = sent + size == m->length;
    int flags = lws_write_ws_flags(m->kind == TEXT ? LWS_WRITE_TEXT : LWS_WRITE_BINARY, sent == 0, last);
    static unsigned char frame[LWS_PRE + MIB + 16];

    if (waiting) /* the library also calls when it has flushed by itself */
        return 0;

    /* the library writes before and masks in place what it is given */
    memcpy(frame + LWS_PRE, out + LWS_PRE + sent, size);
    if (lws_write(wsi, frame + LWS_PRE, size, flags) < (int)size)
        return fail("could not be written");
    sent += size;
    waiting = last;
    if (!last)
        lws_callback_on_writable(wsi);
    return 0;
}

static int on_receive(struct lws *wsi, const void *data, size_t length)
{
    const struct message *m = &messages[current];

    if (received + length > sizeof(in))
        return fail("came back too long");
    memcpy(in + received, data, length);
    received += length;
    if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi))
        return 0;
    if (lws_frame_is_binary(wsi) != (m->kind == BINARY))
        return fail("came back as the other kind");
    if (received != m->length || memcmp(in, out + LWS_PRE, m->length))
        return fail("came back changed");

    sent = received = 0;
    waiting = 0;
    if (++current == COUNT) {
        lws_close_reason(wsi, 4321, (unsigned char *)"done", 4);
        result = 0;
        return -1;
    }
    fill(&messages[current]);
    lws_callback_on_writable(wsi);
    return 0;
}

static int callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *data, size_t length)
{
    (void)user;
    switch (reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        fill(&messages[current]);
        lws_callback_on_writable(wsi);
        break;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return done || current == COUNT ? 0 : on_writeable(wsi);
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return on_receive(wsi, data, length);
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        return fail(data ? (const char *)data : "could not connect");
    case LWS_CALLBACK_CLIENT_CLOSED:
        done = 1;
        break;
    default:
        break;
    }
    return 0;
}

int main(int argc, char **argv)
{
    static const struct lws_protocols protocols[] = { { "echo", callback, 0, 65536, 0, NULL, 0 }, { NULL, NULL, 0, 0, 0, NULL, 0 } };
    static const struct lws_extension extensions[] = {
        { "permessage-deflate", lws_extension_callback_pm_deflate, "permessage-deflate; client_no_context_takeover" },
        { NULL, NULL, NULL },
    };
    struct lws_context_creation_info info = { 0 };
    struct lws_client_connect_info connect = { 0 };

    if (argc != 4)
        return fprintf(stderr, "usage: echo_client HOST PORT plain|deflate\n"), 2;
    lws_set_log_level(LLL_ERR, NULL);
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols;
    if (!strcmp(argv[3], "deflate"))
        info.extensions = extensions, current = SHORT;
    struct lws_context *context = lws_create_context(&info);
    if (!context)
        return 1;

    connect.context = context;
    connect.address = connect.host = argv[1];
    connect.port = atoi(argv[2]);
    connect.path = "/echo";
    connect.local_protocol_name = "echo";
    if (!lws_client_connect_via_info(&connect))
        return 1;
    for (int i = 0; i < 100000 && !done; i++)
        lws_service(context, 0);
    lws_context_destroy(context);
    puts(result ? "failed" : "all messages came back");
    return result;
}
