// SPDX-License-Identifier: MIT
#include "net/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "support/wired.h"

static bool parses(const char *text)
{
    struct listener_address a;
    char why[LISTENER_WHY] = "";
    bool ok = listener_address_parse(&a, slice_from_string(text), why);
    CHECK(ok == (why[0] == '\0'));
    return ok;
}

TEST(addresses, "IPv4 and bracketed IPv6 addresses with a port are taken, names and everything else refused")
{
    static const char *const good[] = {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:8080", "[::]:65535"};
    static const char *const bad[] = {
        "",
        "8080",
        ":8080",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "localhost:80",
        "::1:8080",
        "[::1]",
        "[::1:80",
        "[]:80",
        "127.0.0.1:x",
        "127.0.0.1:-1",
        "127.0.0.1 :80",
        "[1.2.3.4]:80",
        "1.2.3:80",
        "0000000000000000000000000000000000000000000000000000000000000001:80",
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(parses(good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!parses(bad[i]));
}

static bool try_open(const char *text, unsigned count, struct listener *l, char why[LISTENER_WHY])
{
    struct listener_address a;
    CHECK(listener_address_parse(&a, slice_from_string(text), why));
    return listener_open(l, &a, count, why);
}

TEST(taken_port, "a port at which anybody listens, even in a group that would share it, is an error")
{
    struct listener first, second;
    char why[LISTENER_WHY] = "", address[32];
    for (unsigned workers = 1; workers <= 3; workers++) {
        CHECK(try_open("127.0.0.1:0", workers, &first, why));
        (void)snprintf(address, sizeof address, "127.0.0.1:%u", first.port);
        for (unsigned others = 1; others <= 2; others++)
            CHECK(!try_open(address, others, &second, why));
        CHECK(strstr(why, "another process listens there") != NULL);
        (void)snprintf(address, sizeof address, "0.0.0.0:%u", first.port);
        CHECK(!try_open(address, 2, &second, why));
        listener_close(&first);
    }
}

TEST(restart, "a port whose last connections are in TIME_WAIT can be opened again at once")
{
    struct listener l;
    char why[LISTENER_WHY] = "", address[32];
    CHECK(try_open("127.0.0.1:0", 2, &l, why));
    int client = client_connect(l.port, 0);
    int served = -1;
    for (unsigned i = 0; i < 2 && served == -1; i++)
        served = accept(l.sockets[i], NULL, NULL);
    CHECK(served != -1);
    close(served); /* the server closes first, so TIME_WAIT is its own */
    CHECK(client_gets_end(client));
    close(client);
    listener_close(&l);
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", l.port);
    CHECK(try_open(address, 2, &l, why));
    listener_close(&l);
}

TEST(not_ours, "an address that the machine does not have is refused with a reason")
{
    struct listener l;
    char why[LISTENER_WHY] = "";
    CHECK(!try_open("192.0.2.1:0", 1, &l, why));
    CHECK(strstr(why, "does not have that address") != NULL);
}

TEST(group, "every worker's socket gets connections, and they are sent without delay")
{
    enum { WORKERS = 3, CLIENTS = 120 };
    struct listener l;
    char why[LISTENER_WHY] = "";
    int clients[CLIENTS], counts[WORKERS] = {0}, on;
    socklen_t len = sizeof on;
    CHECK(try_open("127.0.0.1:0", WORKERS, &l, why));
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = client_connect(l.port, 0);
    for (unsigned w = 0; w < WORKERS; w++) {
        int fd = listener_take(&l, w), served;
        while ((served = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) != -1) {
            on = 0;
            CHECK(getsockopt(served, IPPROTO_TCP, TCP_NODELAY, &on, &len) == 0 && on != 0);
            counts[w]++;
            close(served);
        }
        CHECK(counts[w] > 0);
        close(fd);
    }
    CHECK_INT(counts[0] + counts[1] + counts[2], CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        close(clients[i]);
    listener_close(&l);
}
