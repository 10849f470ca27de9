// SPDX-License-Identifier: MIT
#include "support/registry_port_test.h"
#include "support/store_port_test.h"

static struct login rotate_login(struct registry_fixture *f, const struct login *l, const struct login *next)
{
    return registry_rotate(f, l, next, ERR_NONE).login;
}

void registry_port_created(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    CHECK(!registry_is_online(&f, 1));
    CHECK_INT(registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE).ended_count, 0);
    struct registry_call c = registry_ask(&f, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK(login_same_tokens(&c.login, &l) && uuid_equals(&c.login.user, &l.user));
    CHECK(c.login.issued == l.issued && c.login.expires == l.expires);
    CHECK(registry_is_online(&f, 1) && !registry_is_online(&f, 2));
    struct login other = l;
    other.access = l.refresh;
    (void)registry_ask(&f, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    other = l;
    other.user = uuid_number(2);
    (void)registry_ask(&f, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    other = l;
    other.id = uuid_number(6);
    (void)registry_ask(&f, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    registry_end(&f, adapter);
}

void registry_port_displaced(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login first = login_number(&f, 5, 1), second = login_number(&f, 6, 1),
                 foreign = login_number(&f, 7, 2);
    (void)registry_ask(&f, REGISTRY_CREATE, &foreign, ERR_NONE);
    (void)registry_ask(&f, REGISTRY_CREATE, &first, ERR_NONE);
    struct registry_call c = registry_ask(&f, REGISTRY_CREATE, &second, ERR_NONE);
    CHECK(c.ended_count == 1 && uuid_equals(&c.ended[0], &first.id));
    (void)registry_ask(&f, REGISTRY_VERIFY, &first, ERR_INVALID_TOKEN);
    struct login next = login_rotated(&f, &first, 5, 1);
    (void)registry_rotate(&f, &first, &next, ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &second, ERR_NONE);
    (void)registry_ask(&f, REGISTRY_VERIFY, &foreign, ERR_NONE);
    CHECK(registry_is_online(&f, 1));
    registry_end(&f, adapter);
}

void registry_port_several(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 3, 10 * SECOND);
    struct login l[4];
    for (unsigned i = 0; i < 4; i++) {
        f.wall += SECOND;
        l[i] = login_number(&f, 10 - i, 1); /* ids fall while time rises */
        if (i == 3) {                       /* the oldest was used last: that makes it no younger */
            struct login next = login_rotated(&f, &l[0], 10, 1);
            (void)registry_rotate(&f, &l[0], &next, ERR_NONE);
        }
        struct registry_call c = registry_ask(&f, REGISTRY_CREATE, &l[i], ERR_NONE);
        CHECK_INT(c.ended_count, i == 3);
        CHECK(i < 3 || uuid_equals(&c.ended[0], &l[0].id));
    }
    CHECK_INT(registry_ask(&f, REGISTRY_CREATE, &l[3], ERR_NONE).ended_count, 0);
    for (unsigned i = 1; i < 4; i++)
        (void)registry_ask(&f, REGISTRY_VERIFY, &l[i], ERR_NONE);
    adapter->set_live(&f, 1);
    struct login last = login_number(&f, 20, 1);
    CHECK_INT(registry_ask(&f, REGISTRY_CREATE, &last, ERR_NONE).ended_count, 3);
    registry_end(&f, adapter);
}

void registry_port_rotated(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    f.wall += 60 * SECOND;
    struct login next = login_rotated(&f, &l, 5, 1);
    struct registry_call c = registry_rotate(&f, &l, &next, ERR_NONE);
    CHECK(login_same_tokens(&c.login, &next) && uuid_equals(&c.login.user, &l.user) &&
          uuid_equals(&c.login.id, &l.id));
    CHECK(c.login.issued == next.issued && c.login.expires == next.expires);
    (void)registry_ask(&f, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &next, ERR_NONE);
    struct registry_call any = registry_call_of(&f, REGISTRY_VERIFY, &l);
    any.any_access = true;
    registry_submit(&f, &any);
    (void)registry_settle(&f, &any);
    CHECK_INT(any.error, ERR_NONE);
    CHECK(registry_is_online(&f, 1));
    registry_end(&f, adapter);
}

void registry_port_race(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    struct registry_call a = registry_call_of(&f, REGISTRY_ROTATE, &l),
                         b = registry_call_of(&f, REGISTRY_ROTATE, &l);
    a.next = login_rotated(&f, &l, 5, 1);
    b.next = login_rotated(&f, &l, 5, 2);
    struct login wanted = a.next;
    registry_submit(&f, &a);
    registry_submit(&f, &b);
    (void)registry_settle(&f, &a);
    CHECK_INT(a.error, ERR_NONE);
    (void)registry_settle(&f, &b);
    CHECK_INT(b.error, ERR_NONE);
    CHECK(login_same_tokens(&a.login, &wanted) && login_same_tokens(&b.login, &wanted));
    CHECK(a.login.issued == b.login.issued && a.login.expires == b.login.expires);
    registry_end(&f, adapter);
}

void registry_port_grace(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = login_rotated(&f, &l, 5, 1), unused = login_rotated(&f, &l, 5, 2);
    (void)registry_rotate(&f, &l, &next, ERR_NONE);
    f.wall += 10 * SECOND - 1;
    struct login got = rotate_login(&f, &l, &unused);
    CHECK(login_same_tokens(&got, &next));
    f.wall += 1;
    (void)registry_rotate(&f, &l, &unused, ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &next, ERR_NONE); /* and harms nobody */
    struct login third = login_rotated(&f, &l, 5, 3);
    got = rotate_login(&f, &next, &third);
    CHECK(login_same_tokens(&got, &third));
    (void)registry_rotate(&f, &l, &unused, ERR_INVALID_TOKEN); /* the one before the previous */
    got = rotate_login(&f, &next, &unused);
    CHECK(login_same_tokens(&got, &third));
    registry_end(&f, adapter);
}

void registry_port_no_grace(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 0);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = login_rotated(&f, &l, 5, 1), other = login_rotated(&f, &l, 5, 2);
    (void)registry_rotate(&f, &l, &next, ERR_NONE);
    (void)registry_rotate(&f, &l, &other, ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &next, ERR_NONE);
    registry_end(&f, adapter);
}

void registry_port_foreign_refresh(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login mine = login_number(&f, 5, 1), yours = login_number(&f, 6, 2), mixed = mine;
    (void)registry_ask(&f, REGISTRY_CREATE, &mine, ERR_NONE);
    (void)registry_ask(&f, REGISTRY_CREATE, &yours, ERR_NONE);
    mixed.refresh = yours.refresh;
    struct login next = login_rotated(&f, &mine, 5, 1);
    (void)registry_rotate(&f, &mixed, &next, ERR_INVALID_TOKEN);
    mixed.refresh = mine.access;
    (void)registry_rotate(&f, &mixed, &next, ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &mine, ERR_NONE);
    (void)registry_ask(&f, REGISTRY_VERIFY, &yours, ERR_NONE);
    registry_end(&f, adapter);
}

void registry_port_expiry(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    f.wall = l.expires - 1;
    (void)registry_ask(&f, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK(registry_is_online(&f, 1));
    CHECK_INT(registry_ask(&f, REGISTRY_SWEEP, &l, ERR_NONE).ended_count, 0);
    f.wall = l.expires;
    (void)registry_ask(&f, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    struct login next = login_rotated(&f, &l, 5, 1);
    (void)registry_rotate(&f, &l, &next, ERR_INVALID_TOKEN);
    CHECK(!registry_is_online(&f, 1));
    struct login other = login_number(&f, 6, 2);
    CHECK_INT(registry_ask(&f, REGISTRY_CREATE, &other, ERR_NONE).ended_count, 0);
    struct registry_call swept = registry_ask(&f, REGISTRY_SWEEP, &l, ERR_NONE);
    CHECK(swept.ended_count == 1 && uuid_equals(&swept.ended[0], &l.id));
    CHECK_INT(registry_ask(&f, REGISTRY_SWEEP, &l, ERR_NONE).ended_count, 0);
    (void)registry_ask(&f, REGISTRY_VERIFY, &other, ERR_NONE);
    registry_end(&f, adapter);
}

void registry_port_expired_displaced(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    f.wall = l.expires + 1;
    struct login next = login_number(&f, 6, 1);
    struct registry_call made = registry_ask(&f, REGISTRY_CREATE, &next, ERR_NONE);
    CHECK(made.ended_count == 1 && uuid_equals(&made.ended[0], &l.id));
    registry_end(&f, adapter);
}

void registry_port_removed(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login old = login_number(&f, 5, 1), young = login_number(&f, 6, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &old, ERR_NONE);
    (void)registry_ask(&f, REGISTRY_CREATE, &young, ERR_NONE);
    CHECK_INT(registry_ask(&f, REGISTRY_REMOVE, &old, ERR_NONE).ended_count,
              0); /* displaced: its cookie is dead */
    struct login mixed = young;
    mixed.refresh = old.refresh;
    CHECK_INT(registry_ask(&f, REGISTRY_REMOVE, &mixed, ERR_NONE).ended_count, 0);
    (void)registry_ask(&f, REGISTRY_VERIFY, &young, ERR_NONE);
    struct registry_call c = registry_ask(&f, REGISTRY_REMOVE, &young, ERR_NONE);
    CHECK(c.ended_count == 1 && uuid_equals(&c.ended[0], &young.id));
    (void)registry_ask(&f, REGISTRY_VERIFY, &young, ERR_INVALID_TOKEN);
    CHECK_INT(registry_ask(&f, REGISTRY_REMOVE, &young, ERR_NONE).ended_count, 0);
    CHECK(!registry_is_online(&f, 1));
    registry_end(&f, adapter);
}

void registry_port_removed_late(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = login_rotated(&f, &l, 5, 1);
    (void)registry_rotate(&f, &l, &next, ERR_NONE);
    f.wall += 10 * SECOND;
    CHECK_INT(registry_ask(&f, REGISTRY_REMOVE, &l, ERR_NONE).ended_count, 0);
    f.wall -= 1;
    CHECK_INT(registry_ask(&f, REGISTRY_REMOVE, &l, ERR_NONE).ended_count, 1);
    registry_end(&f, adapter);
}

void registry_port_revoked(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 3, 10 * SECOND);
    struct login l[3], foreign = login_number(&f, 9, 2), all = {0};
    (void)registry_ask(&f, REGISTRY_CREATE, &foreign, ERR_NONE);
    for (unsigned i = 0; i < 3; i++) {
        l[i] = login_number(&f, 5 + i, 1);
        (void)registry_ask(&f, REGISTRY_CREATE, &l[i], ERR_NONE);
    }
    all.user = l[0].user;
    CHECK_INT(registry_ask(&f, REGISTRY_REVOKE, &all, ERR_NONE).ended_count, 3);
    for (unsigned i = 0; i < 3; i++) {
        struct login next = login_rotated(&f, &l[i], 5 + i, 1);
        (void)registry_ask(&f, REGISTRY_VERIFY, &l[i], ERR_INVALID_TOKEN);
        (void)registry_rotate(&f, &l[i], &next, ERR_INVALID_TOKEN);
    }
    CHECK(!registry_is_online(&f, 1) && registry_is_online(&f, 2));
    (void)registry_ask(&f, REGISTRY_VERIFY, &foreign, ERR_NONE);
    CHECK_INT(registry_ask(&f, REGISTRY_REVOKE, &all, ERR_NONE).ended_count, 0);
    registry_end(&f, adapter);
}

void registry_port_spared(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 3, 10 * SECOND);
    struct login l[3], unknown = login_number(&f, 9, 1);
    for (unsigned i = 0; i < 3; i++) {
        l[i] = login_number(&f, 5 + i, 1);
        (void)registry_ask(&f, REGISTRY_CREATE, &l[i], ERR_NONE);
    }
    struct registry_call call = registry_ask(&f, REGISTRY_REVOKE, &l[1], ERR_NONE);
    CHECK_INT(call.ended_count, 2);
    CHECK(!uuid_equals(&call.ended[0], &l[1].id) && !uuid_equals(&call.ended[1], &l[1].id));
    (void)registry_ask(&f, REGISTRY_VERIFY, &l[0], ERR_INVALID_TOKEN);
    (void)registry_ask(&f, REGISTRY_VERIFY, &l[1], ERR_NONE);
    (void)registry_ask(&f, REGISTRY_VERIFY, &l[2], ERR_INVALID_TOKEN);
    CHECK(registry_is_online(&f, 1));
    CHECK_INT(registry_ask(&f, REGISTRY_REVOKE, &unknown, ERR_NONE).ended_count, 1);
    registry_end(&f, adapter);
}

void registry_port_made_again(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 0);
    struct login l = login_number(&f, 5, 1), next = login_rotated(&f, &l, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    CHECK_INT(registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE).ended_count, 0);
    struct login got = rotate_login(&f, &l, &next);
    CHECK(login_same_tokens(&got, &next));
    got = rotate_login(&f, &l, &next); /* even without a grace time */
    CHECK(login_same_tokens(&got, &next));
    (void)registry_ask(&f, REGISTRY_VERIFY, &next, ERR_NONE);
    registry_end(&f, adapter);
}

/* As an adapter does whose answer was lost. */
static void ask_again(struct registry_fixture *f, const struct registry_call *before)
{
    struct registry_call c = registry_call_of(f, before->operation, &before->login);
    c.id = before->id;
    registry_submit(f, &c);
    (void)registry_settle(f, &c);
    CHECK_INT(c.error, ERR_NONE);
    CHECK_INT(c.ended_count, before->ended_count);
    for (size_t i = 0; i < c.ended_count && i < before->ended_count; i++)
        CHECK(uuid_equals(&c.ended[i], &before->ended[i]) &&
              uuid_equals(&c.ended_users[i], &before->login.user));
}

void registry_port_told_again(const struct registry_adapter *adapter)
{
    struct registry_fixture f;
    registry_begin(&f, adapter, 1, 10 * SECOND);
    struct login first = login_number(&f, 5, 1), second = login_number(&f, 6, 1),
                 third = login_number(&f, 7, 1), all = {.user = first.user};
    (void)registry_ask(&f, REGISTRY_CREATE, &first, ERR_NONE);
    struct registry_call displaced = registry_ask(&f, REGISTRY_CREATE, &second, ERR_NONE);
    ask_again(&f, &displaced);
    struct registry_call removed = registry_ask(&f, REGISTRY_REMOVE, &second, ERR_NONE);
    CHECK_INT(removed.ended_count, 1);
    ask_again(&f, &removed);
    (void)registry_ask(&f, REGISTRY_CREATE, &third, ERR_NONE);
    struct registry_call revoked = registry_ask(&f, REGISTRY_REVOKE, &all, ERR_NONE);
    CHECK_INT(revoked.ended_count, 1);
    struct login fourth = login_number(&f, 8, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &fourth, ERR_NONE);
    ask_again(&f, &revoked);
    (void)registry_ask(&f, REGISTRY_VERIFY, &fourth, ERR_NONE); /* who came meanwhile stays */
    f.wall = fourth.expires;
    struct registry_call swept = registry_ask(&f, REGISTRY_SWEEP, &fourth, ERR_NONE);
    CHECK_INT(swept.ended_count, 1);
    ask_again(&f, &swept);
    registry_end(&f, adapter);
}
