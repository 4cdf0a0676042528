import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/**
 * Idle connections and sessions, kept as a fast client keeps them. Whatever is kept was judged by the pins of its time:
 * Node resumes a session without asking `checkServerIdentity`, and an open connection is never judged again.
 */
export class Connections {
  readonly #options: AgentOptions;
  readonly #sessions: Map<string, Buffer> = new Map();
  #agent: Agent;

  constructor(options: AgentOptions) {
    this.#options = { ...options, keepAlive: true };
    this.#agent = new Agent(this.#options);
  }

  /** For a request to this address. */
  to(url: string): RequestOptions {
    const { host } = new URL(url);
    const session = this.#sessions.get(host);
    return { agent: this.#agent, ...(session && { session }) };
  }

  /** Keeps the sessions that come over a request's connection. */
  watch(url: string, socket: Duplex): void {
    const { host } = new URL(url);
    if (socket instanceof TLSSocket) socket.on('session', (session) => this.#sessions.set(host, session));
  }

  /** What a client does when its pins have changed. */
  drop(): void {
    this.#agent.destroy();
    this.#sessions.clear();
    this.#agent = new Agent(this.#options);
  }

  close(): void {
    this.#agent.destroy();
  }
}
