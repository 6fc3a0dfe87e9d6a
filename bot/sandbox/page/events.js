// The stream of events from the server, and getting it back when it breaks.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 4000;

/**
 * Listens to /sandbox/events. Calls `onOpen` each time the stream (again) stands, `onLost` when it breaks, `onEvent`
 * with each event. EventSource's own retry gives up after an HTTP error, so each break makes a new one.
 */
export class EventStream {
  #source = null;
  #wait = FIRST_WAIT;
  #timer = 0;

  constructor({ onOpen, onLost, onEvent }) {
    this.onOpen = onOpen;
    this.onLost = onLost;
    this.onEvent = onEvent;
    addEventListener("online", () => this.#soon(0));
    addEventListener("pagehide", () => this.#source?.close());
    addEventListener("pageshow", (event) => event.persisted && this.start());
  }

  /** Connect. */
  start() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource("/sandbox/events");
    this.#source = source;
    source.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.onOpen();
    };
    source.onmessage = (message) => this.onEvent(JSON.parse(message.data));
    source.onerror = () => this.lost();
  }

  /** Let go of a broken stream and try again, each time a little later. */
  lost() {
    this.#source?.close();
    this.onLost();
    this.#soon(this.#wait);
    this.#wait = Math.min(this.#wait * 1.6, LONGEST_WAIT);
  }

  #soon(wait) {
    if (this.#source?.readyState === EventSource.OPEN) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.start(), wait);
  }
}
