// The seconds that a person looks at a draft, without those in which the page is hidden.

export class Clock {
  #since = 0;
  #before = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#before = this.#elapsed();
      else this.#since = performance.now();
    });
  }

  start() {
    this.#before = 0;
    this.#since = performance.now();
  }

  #elapsed() { return this.#before + performance.now() - this.#since; }

  /** The seconds since the start, with one decimal. */
  get seconds() { return Math.round((document.hidden ? this.#before : this.#elapsed()) / 100) / 10; }
}
