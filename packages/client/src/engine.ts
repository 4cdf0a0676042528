import { AssayError } from '@assay/core';
import type { Enforcement } from '@assay/pins/wire';
import { openReply, type RefusedReply, type Reply } from '@assay/tokens/wire';
import { fetchChallenge, Interruption, post, reach, readJson, replyText } from './exchange.ts';
import { backoff, FLOORS, NO_FLOORS, type Pause, pausedBy, reenrolAt, withReenrolment } from './floors.ts';
import type { Settings } from './options.ts';
import type { Outcome, Setback } from './outcome.ts';
import type { Instance, Purpose } from './prove.ts';
import { type PreparedRequest, prepareRequest } from './request.ts';
import { type ClientState, type KeyRecord, readState, writeState } from './state.ts';
import { createTrust, type Documents, type Trust } from './trust.ts';
import { type HeldSecret, Vault } from './vault.ts';

/** A request that waits for its reply. */
interface Pending extends PreparedRequest {
  /** When its challenge ends, in milliseconds of the client's clock. */
  readonly endsAt: number;
  readonly sentAt: number;
}

interface HeldChallenge {
  readonly challenge: string;
  readonly endsAt: number;
}

/** What one flight may still do on the server's word. */
interface Tries {
  readonly statement: number;
  readonly enrolment: number;
}

const TRIES: Tries = { statement: 1, enrolment: 1 };

type Wish = 'tokens' | 'rekey';

/** Enrols, refreshes and rekeys, one flight at a time. Everything it believes came in a signed reply. */
export class Engine {
  readonly vault = new Vault();
  readonly #settings: Settings;
  readonly #trust: Trust;
  #state: ClientState;
  /** The registered instance with its key opened. */
  #instance: Instance | undefined;
  #pending: Pending | undefined;
  #next: HeldChallenge | undefined;
  #flight: Promise<Outcome> | undefined;
  /** Time that the server signed, and when it came: milliseconds. */
  #signed = { time: 0, at: 0 };
  #handshakeAt = Number.NEGATIVE_INFINITY;

  private constructor(settings: Settings, trust: Trust, state: ClientState) {
    this.#settings = settings;
    this.#trust = trust;
    this.#state = state;
  }

  /** @throws RequestError `pins.*` when the built-in root document is not what it must be */
  static async start(settings: Settings): Promise<Engine> {
    const { app, env, crypto, trustedRoot, bundledPins, report } = settings;
    const state = readState(await settings.storage.get(nameOf(settings)));
    const reportDocument = (code: string): void => report({ about: 'document', code });
    const options = { app, env, crypto, trustedRoot, bundledPins, report: reportDocument };
    return new Engine(settings, await createTrust(options, state), state);
  }

  /** The key that tokens are bound to, once there is one. */
  get instance(): Instance | undefined {
    return this.#instance;
  }

  /** The server's time: what it signed last, and what has gone by since. Milliseconds. */
  get serverTime(): number {
    return this.#signed.time + Math.max(0, this.#settings.clock() - this.#signed.at);
  }

  enforcement(hostname: string): Enforcement {
    return this.#trust.enforcement(hostname);
  }

  /** Whether a flight on an API's word would come too soon after the last. */
  get hasJustFlown(): boolean {
    const ago = this.#settings.clock() - this.#handshakeAt;
    return ago >= 0 && ago < FLOORS.handshake;
  }

  /** One flight at a time: whoever asks meanwhile shares it, and a rekey follows it. */
  fly(wish: Wish = 'tokens'): Promise<Outcome> {
    if (this.#flight !== undefined) return wish === 'rekey' ? this.#flight.then(() => this.fly(wish)) : this.#flight;
    this.#flight = this.#start(wish).finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #start(wish: Wish): Promise<Outcome> {
    const { clock, appVersion } = this.#settings;
    const paused = pausedBy(this.#state.floors, appVersion, clock());
    if (paused !== undefined) return paused;
    if (wish === 'rekey' && this.#pending?.purpose === 'refresh') this.#pending = undefined;
    return this.#attempt(wish, TRIES);
  }

  async #attempt(wish: Wish, tries: Tries): Promise<Outcome> {
    try {
      const pending = this.#resumable() ?? (await this.#prepare(wish));
      const reply = await this.#exchange(pending);
      return await this.#settle(pending, reply, wish, tries);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      return this.#interrupted(error, wish, tries);
    }
  }

  /** The exact body goes again until its challenge ends: the server answers it from what it committed. */
  #resumable(): Pending | undefined {
    const now = this.#settings.clock();
    if (this.#pending !== undefined && (now >= this.#pending.endsAt || now < this.#pending.sentAt)) {
      this.#pending = undefined;
    }
    return this.#pending;
  }

  async #prepare(wish: Wish): Promise<Pending> {
    const { purpose, instance } = await this.#plan(wish);
    const { challenge, endsAt } = await this.#challenge(purpose, instance);
    const { speaker, adapter, crypto, random, clock } = this.#settings;
    const plan = { purpose, challenge, instance, pins: this.#trust.mark };
    const prepared = await onPlatform(() => prepareRequest(plan, { speaker, adapter, crypto, random }));
    this.#pending = { ...prepared, endsAt, sentAt: clock() };
    // Before it is sent: a key that was enrolled and then forgotten could never be used nor enrolled again.
    if (purpose !== 'refresh') await this.#save({ candidate: recordOf(prepared.instance) });
    return this.#pending;
  }

  /** A key whose enrolment may have been committed is refreshed first: only a signed `instance_unknown` gives it up. */
  async #plan(wish: Wish): Promise<{ readonly purpose: Purpose; readonly instance?: Instance }> {
    const { candidate, instance } = this.#state;
    const record = candidate ?? instance;
    if (record === undefined) return { purpose: 'enrol' };
    const key = await onPlatform(() => this.#settings.adapter.findKey(record.id));
    if (key === undefined) {
      await this.#forget(record);
      return this.#plan(wish);
    }
    const found = { ...record, key };
    return { purpose: wish === 'rekey' && candidate === undefined ? 'rekey' : 'refresh', instance: found };
  }

  async #challenge(purpose: Purpose, instance: Instance | undefined): Promise<HeldChallenge> {
    const { fetch, iss, app, clock } = this.#settings;
    const now = clock();
    const held = this.#next;
    if (purpose === 'refresh') this.#next = undefined;
    if (purpose === 'refresh' && held !== undefined && now < held.endsAt && instance?.jkt === this.#instance?.jkt) {
      return held;
    }
    const wish = purpose === 'refresh' && instance !== undefined ? { app, jkt: instance.jkt } : { app };
    const { challenge, seconds } = await fetchChallenge(fetch, iss, wish);
    return { challenge, endsAt: now + seconds * 1000 };
  }

  /** @throws Interruption when no answer came, or none that can be believed */
  async #exchange(pending: Pending): Promise<Reply> {
    const { fetch, iss, clock } = this.#settings;
    this.#handshakeAt = clock();
    const text = await replyText(await post(fetch, `${iss}${pending.path}`, pending.body));
    const open = () => openReply(text, { iss, jkt: pending.instance.jkt, rqh: pending.rqh }, this.#trust.verifyReply);
    try {
      return await open().catch(async (error: unknown) => {
        if (!isUnknownSigner(error) || !(await this.#followPublished())) throw error;
        return open();
      });
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      this.#settings.report({ about: 'reply', code: error.code });
      throw new Interruption(error.code, { cause: error });
    }
  }

  /** The reply key may have been replaced: newer root documents prove themselves, so they may come over any connection. */
  async #followPublished(): Promise<boolean> {
    const { fetch, iss, app } = this.#settings;
    const response = await reach(() => fetch(new Request(`${iss}/v1/pins/${app}`, { redirect: 'error' })));
    const { roots } = await readJson(response);
    return this.#trust.follow({ roots: Array.isArray(roots) ? roots : [] }, this.#state.signedAt);
  }

  async #settle(pending: Pending, reply: Reply, wish: Wish, tries: Tries): Promise<Outcome> {
    const { clock } = this.#settings;
    this.#pending = undefined;
    this.#signed = { time: reply.iat * 1000, at: clock() };
    await this.#trust.follow(documentsOf(reply), reply.iat);
    const signedAt = Math.max(this.#state.signedAt, reply.iat);
    await this.#save({ ...this.#trust.stored, signedAt });
    if (reply.next !== undefined) {
      // Only a known instance is given the challenge of its next refresh, so this key is registered, whatever the verdict.
      await this.#adopt(pending.instance);
      this.#next = { challenge: reply.next.challenge, endsAt: pending.sentAt + reply.next.expires_in * 1000 };
    }
    if (reply.result === 'refused') return this.#refused(pending, reply, wish, tries);
    await this.#adopt(pending.instance);
    await this.#save({ floors: { ...NO_FLOORS, reenrolments: this.#state.floors.reenrolments } });
    this.vault.put(reply, await this.#openBoxes(pending, reply), pending.sentAt);
    return { kind: 'ok', support: reply.support };
  }

  /** The key that the server knows takes the place of the one before. */
  async #adopt(instance: Instance): Promise<void> {
    const before = this.#state.instance;
    this.#instance = instance;
    const { candidate: _, ...state } = this.#state;
    this.#state = { ...state, instance: recordOf(instance) };
    await this.#save({});
    if (before !== undefined && before.id !== instance.key.id) await this.#remove(before);
  }

  async #openBoxes({ encryption, instance, rqh }: Pending, reply: Reply) {
    const opened = new Map<string, HeldSecret & { readonly exp: number }>();
    if (reply.result !== 'ok') return opened;
    const expected = { iss: reply.iss, rqh, jktK: instance.jkt, jktE: encryption.jkt, now: reply.iat * 1000 };
    for (const [member, box] of Object.entries(reply.secrets ?? {})) {
      try {
        const { plaintext, version, exp } = await encryption.open(box, { ...expected, member });
        opened.set(member, { value: plaintext, version, exp });
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        this.#settings.report({ about: 'secret', code: error.code, name: member });
      }
    }
    return opened;
  }

  /** A signed no. What it asks for is done within the client's own floors. */
  async #refused(pending: Pending, reply: RefusedReply, wish: Wish, tries: Tries): Promise<Outcome> {
    this.vault.clear();
    const isKnown = reply.next !== undefined;
    if (pending.purpose !== 'refresh' && !isKnown) await this.#forget(recordOf(pending.instance));
    if (reply.action === 'reenroll') return this.#reenrol(pending, reply, wish, tries);
    if (reply.action === 'retry' && tries.statement > 0) return this.#attempt(wish, { ...tries, statement: 0 });
    const { clock, appVersion, random } = this.#settings;
    const { floors } = this.#state;
    const isHeld = reply.action !== 'retry';
    const until = clock() + (isHeld ? FLOORS.hold : backoff(floors, 'doubling', random));
    return this.#pause({ until, outcome: refusalOf(reply, until), ...(isHeld ? { version: appVersion } : {}) });
  }

  /** At most once an hour and three times a day, whatever the server says: every new key costs something. */
  async #reenrol(pending: Pending, reply: RefusedReply, wish: Wish, tries: Tries): Promise<Outcome> {
    const now = this.#settings.clock();
    const isTrial = this.#state.candidate?.id === pending.instance.key.id;
    if (isTrial && this.#state.instance !== undefined) {
      // The rekey never arrived; the key before it still stands.
      await this.#forget(recordOf(pending.instance));
      return this.#attempt(wish, tries);
    }
    const at = reenrolAt(this.#state.floors, now);
    if (at > now || tries.enrolment === 0) {
      const until = Math.max(at, now + backoff(this.#state.floors, 'doubling', this.#settings.random));
      return this.#pause({ until, outcome: refusalOf(reply, until) });
    }
    await this.#forget(recordOf(pending.instance));
    await this.#save({ floors: withReenrolment(this.#state.floors, now) });
    return this.#attempt('tokens', { ...tries, enrolment: 0 });
  }

  /** No signed reply: the client waits, or says the same thing anew once. Nothing is given up. */
  async #interrupted(error: Interruption, wish: Wish, tries: Tries): Promise<Outcome> {
    const { code, reaction, support, retryAfter } = error;
    if (reaction !== 'same_again') this.#pending = undefined;
    if (reaction === 'new_statement' && tries.statement > 0) return this.#attempt(wish, { ...tries, statement: 0 });
    const { clock, random } = this.#settings;
    const until = clock() + backoff(this.#state.floors, 'flat', random, retryAfter);
    const kind = reaction === 'config' ? 'config' : 'wait';
    const outcome = { kind, code, retryAt: until, ...(support === undefined ? {} : { support }) } as const;
    return this.#pause({ until, outcome }, { isCounted: false });
  }

  async #pause(pause: Pause, { isCounted = true } = {}): Promise<Setback> {
    const { failures, ...floors } = this.#state.floors;
    await this.#save({ floors: { ...floors, failures: failures + (isCounted ? 1 : 0), pause } });
    return pause.outcome;
  }

  async #forget(record: KeyRecord): Promise<void> {
    const { candidate, instance, ...state } = this.#state;
    this.#state = {
      ...state,
      ...(candidate === undefined || candidate.id === record.id ? {} : { candidate }),
      ...(instance === undefined || instance.id === record.id ? {} : { instance }),
    };
    if (this.#instance?.key.id === record.id) this.#instance = undefined;
    await this.#save({});
    await this.#remove(record);
  }

  /** A key that cannot be removed now is left over, and of no use to anybody. */
  async #remove({ id }: KeyRecord): Promise<void> {
    await this.#settings.adapter.removeKey(id).catch(() => undefined);
  }

  async #save(changes: Partial<ClientState>): Promise<void> {
    this.#state = { ...this.#state, ...changes };
    await this.#settings.storage.set(nameOf(this.#settings), writeState(this.#state));
  }
}

function nameOf({ iss, app }: Pick<Settings, 'iss' | 'app'>): string {
  return `assay ${iss} ${app}`;
}

function recordOf({ key, jkt, anchor }: Instance): KeyRecord {
  return { id: key.id, jkt, ...(anchor === undefined ? {} : { anchor }) };
}

function documentsOf({ pins }: Reply): Documents {
  const { root, set } = pins ?? {};
  if (root === undefined) return { roots: [], set };
  return { roots: Array.isArray(root) ? root : [root], set };
}

function refusalOf({ support, class: kind, action, reasons }: RefusedReply, retryAt: number): Setback {
  return { kind: 'refused', support, class: kind, action, retryAt, ...(reasons === undefined ? {} : { reasons }) };
}

function isUnknownSigner(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'tokens.reply_signature_invalid';
}

/** Whatever the platform rejects with: the client waits, and keeps its keys. */
async function onPlatform<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Interruption('client.platform_failed', { cause });
  }
}
