/** What is wrong on many targets is found on all of them within about as long. */
const GATHER_MS = 500;

/** Tells what was found in one warning, shortly after the first of it; and what is found later in one more, at the end. */
export class GatheredWarning {
  readonly #describeNews: () => string | undefined;
  readonly #warn: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `describeNews`: what was found and has not been told; undefined where nothing has. */
  constructor(describeNews: () => string | undefined, warn: (line: string) => void) {
    this.#describeNews = describeNews;
    this.#warn = warn;
  }

  found(): void {
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** To be called once, at the end. */
  tellRest(): void {
    clearTimeout(this.#timer);
    this.#tell();
  }

  #tell(): void {
    const news = this.#describeNews();
    if (news !== undefined) this.#warn(news);
  }
}
