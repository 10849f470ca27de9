// Files of the server: whether they are there yet, and their bytes as URLs that the page may show (discodeit.md 4.7, 8.5).

const DELAYS_MS = [300, 600, 1_200, 2_500, 5_000, 10_000, 20_000];
const KEPT_BYTES = 96 * 1024 * 1024;

export const isImage = ({ contentType }) => contentType.startsWith("image/");

/** How long to wait before asking for the n-th time, n from 0. */
export const delayBefore = (count) => DELAYS_MS[Math.min(count, DELAYS_MS.length - 1)];

export class Files {
  #api;
  #known = new Map();  // id → {dto, followers, asked, timer}
  #urls = new Map();   // id → {url: promise, size}, the longest unused first
  #stopped = false;

  constructor(api) {
    this.#api = api;
  }

  stop() {
    this.#stopped = true;
    for (const { timer } of this.#known.values()) clearTimeout(timer);
    for (const id of [...this.#urls.keys()]) this.#forget(id);
  }

  /** Calls `show(dto)` at once and whenever the status is another one, for as long as `element` is in the page. */
  follow(dto, element, show) {
    const known = this.#known.get(dto.id) ?? { dto, followers: [], asked: 0, timer: null };
    this.#known.set(dto.id, known);
    if (known.dto.status === "PROCESSING" && dto.status !== "PROCESSING") this.#tell(known, dto);
    show(known.dto);
    if (known.dto.status !== "PROCESSING") return;
    known.followers.push({ element, show });
    known.timer ??= this.#askLater(known);
  }

  #askLater(known) { return setTimeout(() => this.#ask(known), delayBefore(known.asked++)); }

  async #ask(known) {
    known.followers = known.followers.filter(({ element }) => element.isConnected);
    known.timer = null;
    if (this.#stopped) return;
    if (known.followers.length === 0) { known.asked = 0; return; }
    if (!document.hidden) {
      try {
        this.#tell(known, await this.#api.file(known.dto.id));
      } catch (error) {
        if (error.status === 404) this.#tell(known, { ...known.dto, status: "FAIL" });
      }
    }
    if (known.dto.status === "PROCESSING" && !this.#stopped) known.timer = this.#askLater(known);
  }

  #tell(known, dto) {
    known.dto = dto;
    if (dto.status === "PROCESSING") return;
    for (const { element, show } of known.followers.splice(0)) if (element.isConnected) show(dto);
  }

  /** A URL of the bytes, good until so many others were asked for that this one had to go. */
  url(dto) {
    const kept = this.#urls.get(dto.id) ?? { url: this.#fetch(dto), size: dto.size };
    this.#urls.delete(dto.id);
    this.#urls.set(dto.id, kept);
    let total = 0;
    for (const { size } of this.#urls.values()) total += size;
    for (const [id, { size }] of this.#urls) {
      if (total <= KEPT_BYTES || id === dto.id) break;
      total -= size;
      this.#forget(id);
    }
    return kept.url;
  }

  async #fetch(dto) {
    try {
      return URL.createObjectURL(await this.#api.download(dto.id));
    } catch (error) {
      if (error.status !== 404) this.#urls.delete(dto.id);  // may be asked for again
      throw error;
    }
  }

  #forget(id) {
    this.#urls.get(id).url.then((url) => URL.revokeObjectURL(url), () => {});
    this.#urls.delete(id);
  }

  /** Puts the file where the browser puts downloads, under the name it was sent with. */
  async save(dto) {
    const link = document.createElement("a");
    link.href = await this.url(dto);
    link.download = dto.fileName;
    link.click();
  }
}
