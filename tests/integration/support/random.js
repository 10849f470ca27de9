// Numbers that look drawn and come again: out of one seed the same ones everywhere.

export class Random {
  constructor(seed) { this.state = seed >>> 0; }

  /** From 0 up to, not including, n. */
  below(n) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % n;
  }

  between(least, most) { return least + this.below(most - least + 1); }
  pick(list) { return list[this.below(list.length)]; }
  chance(oneIn) { return this.below(oneIn) === 0; }
  /** So many characters of an alphabet. */
  text(length, alphabet = "abcdefghijklmnopqrstuvwxyz0123456789") {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join("");
  }
  octets(length) { return Buffer.from(Array.from({ length }, () => this.below(256))); }
}
