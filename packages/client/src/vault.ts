import type { OkReply, ReplyToken } from '@assay/tokens/wire';

export interface HeldToken {
  readonly value: string;
  readonly type: ReplyToken['type'];
}

export interface HeldSecret {
  readonly value: Uint8Array;
  readonly version: number;
}

interface Lifetime {
  /** Milliseconds of the client's clock; before the beginning the clock was moved, and nothing is held to be alive. */
  readonly from: number;
  readonly until: number;
}

/** Time that a request may take to arrive with its token still alive. */
const MARGIN = 5_000;

/**
 * Tokens and secrets, in memory and nowhere else. They live from when the request was *sent* as long as the reply says, by
 * elapsed time: what the device's clock calls the hour does not count.
 */
export class Vault {
  #tokens = new Map<string, HeldToken & Lifetime>();
  #secrets = new Map<string, HeldSecret & Lifetime>();
  #refreshAt = 0;
  #support = '';
  #granted: ReadonlySet<string> = new Set();

  /** Support code of the reply that the tokens came in. */
  get support(): string {
    return this.#support;
  }

  put(reply: OkReply, secrets: ReadonlyMap<string, HeldSecret & { readonly exp: number }>, sentAt: number): void {
    const entries = Object.entries(reply.tokens).map(([audience, { value, type, expires_in }]) => {
      return [audience, { value, type, from: sentAt, until: sentAt + expires_in * 1000 }] as const;
    });
    this.#tokens = new Map(entries);
    for (const [name, { value, version, exp }] of secrets) {
      this.#secrets.set(name, { value, version, from: sentAt, until: sentAt + (exp - reply.iat) * 1000 });
    }
    this.#refreshAt = sentAt + (reply.next?.refresh_after ?? 0) * 1000;
    this.#support = reply.support;
    this.#granted = new Set([...this.#tokens.keys(), ...secrets.keys()]);
  }

  token(audience: string, now: number): HeldToken | undefined {
    return alive(this.#tokens.get(audience), now + MARGIN);
  }

  secret(name: string, now: number): HeldSecret | undefined {
    return alive(this.#secrets.get(name), now);
  }

  /** Whether the server asked to be asked again by now. */
  isDue(now: number): boolean {
    return now >= this.#refreshAt;
  }

  /** Whether the last reply left out this audience or secret, and asking again would come too soon. */
  lacks(name: string, now: number): boolean {
    return this.#support !== '' && !this.#granted.has(name) && !this.isDue(now);
  }

  clear(): void {
    this.#tokens.clear();
    this.#secrets.clear();
    this.#refreshAt = 0;
  }
}

function alive<T extends Lifetime>(held: T | undefined, now: number): T | undefined {
  return held !== undefined && now >= held.from && now < held.until ? held : undefined;
}
