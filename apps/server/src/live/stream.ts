import type { FeedItem } from './feed.ts';

/** What the page says about the server before anything has happened. */
interface Greeting {
  readonly issuer: string;
  /** Shown above everything; may be empty. */
  readonly notice: string;
  /** When this run began, epoch milliseconds. A page that sees another one than before starts anew. */
  readonly since: number;
}

/** Counted where the events are, so that a page which reads slowly loses lines and never numbers. */
interface Totals {
  passed: number;
  refused: number;
  letIn: number;
  blocked: number;
}

interface Listener {
  readonly waiting: Numbered[];
  wake: () => void;
  left: boolean;
}

type Numbered = FeedItem & { readonly seq: number };

/** One page that listens. */
export interface Listening {
  readonly events: AsyncGenerator<string>;
  /** To be called once its connection has closed. */
  leave(): void;
}

/** Fans items out to pages, as server-sent events. */
export interface LiveStream {
  push(item: FeedItem): void;
  /** How many pages are listening. */
  readonly listeners: number;
  /** Ends every listening. */
  end(): void;
  /** The events for one page, backlog first; undefined when too many are listening. */
  listen(greeting: Greeting): Listening | undefined;
}

const BACKLOG = 200;
const MAX_PHONES = 60;
const MAX_WAITING = 500;
const MAX_LISTENERS = 32;
const MAX_REASONS = 500;
const TOP_REASONS = 8;
const HEARTBEAT_MS = 15_000;

/** Which total an item moves, by kind and outcome. */
const TOTAL: Readonly<Record<string, keyof Totals>> = {
  'appraisal pass': 'passed',
  'appraisal refused': 'refused',
  'rejection refused': 'refused',
  'call pass': 'letIn',
  'call refused': 'blocked',
};

export function createLiveStream(): LiveStream {
  const listeners = new Set<Listener>();
  const history = createHistory();
  let ended = false;
  const wakeAll = () => {
    for (const listener of listeners) listener.wake();
  };

  async function* eventsFor(listener: Listener, greeting: Greeting): AsyncGenerator<string> {
    yield `retry: 1000\n${event('hello', greeting)}${event('totals', history.totals())}`;
    while (!ended && !listener.left) {
      await somethingWaits(listener);
      const items = listener.waiting.splice(0).map((item) => event('item', item));
      yield items.length === 0 ? ': still here\n\n' : `${items.join('')}${event('totals', history.totals())}`;
    }
  }

  return {
    push(item) {
      const numbered = history.add(item);
      for (const { waiting } of listeners) {
        waiting.push(numbered);
        if (waiting.length > MAX_WAITING) waiting.shift();
      }
      wakeAll();
    },
    get listeners() {
      return listeners.size;
    },
    end() {
      ended = true;
      wakeAll();
    },
    listen(greeting) {
      if (listeners.size >= MAX_LISTENERS) return undefined;
      const listener: Listener = { waiting: history.recent(), wake: () => {}, left: false };
      listeners.add(listener);
      const leave = () => {
        listeners.delete(listener);
        listener.left = true;
        listener.wake();
      };
      return { events: eventsFor(listener, greeting), leave };
    },
  };
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Numbers, totals and the latest items: what a page that opens later needs. All of it bounded. */
function createHistory() {
  const latest: Numbered[] = [];
  const phones = new Map<string, Numbered>();
  const reasons = new Map<string, number>();
  const totals: Totals = { passed: 0, refused: 0, letIn: 0, blocked: 0 };
  let seq = 0;

  function count({ kind, outcome, code }: FeedItem): void {
    const total = TOTAL[`${kind} ${outcome}`];
    if (total === undefined) return;
    totals[total] += 1;
    const isCounted = reasons.has(code) || reasons.size < MAX_REASONS;
    if (outcome === 'refused' && isCounted) reasons.set(code, (reasons.get(code) ?? 0) + 1);
  }

  return {
    add(item: FeedItem): Numbered {
      seq += 1;
      const numbered = item.kind === 'phone' ? { ...withTrace(item, latest), seq } : { ...item, seq };
      count(numbered);
      if (numbered.kind === 'phone') remember(phones, numbered);
      else latest.push(numbered);
      if (latest.length > BACKLOG) latest.shift();
      return numbered;
    },
    recent: () => [...phones.values(), ...latest],
    totals: () => ({
      ...totals,
      reasons: [...reasons].sort(([, a], [, b]) => b - a).slice(0, TOP_REASONS),
    }),
  };
}

/** A phone learns no reason; the server's own item under the same support code has it. */
function withTrace(phone: FeedItem, latest: readonly FeedItem[]): FeedItem {
  const judged = latest.findLast(({ support }) => support !== undefined && support === phone.support);
  if (judged === undefined) return phone;
  const { code, why, marks = [], steps } = judged;
  return { ...phone, code, why, marks, steps };
}

/** The latest turn takes the place of the one before, so that a page opened later shows the same order. */
function remember(phones: Map<string, Numbered>, phone: Numbered): void {
  if (phones.has(phone.headline) || phones.size < MAX_PHONES) phones.set(phone.headline, phone);
}

/** Waits until the listener has items, is woken, or a heartbeat is due. */
async function somethingWaits(listener: Listener): Promise<void> {
  if (listener.waiting.length > 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, HEARTBEAT_MS);
    listener.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
