/* SPDX-License-Identifier: MIT
 *
 * bench/start/floor.c - linked with every library that parleyd needs, and does nothing: what exec and the
 * dynamic linker take is the least that a start can take.
 */
int main(void)
{
    return 0;
}
