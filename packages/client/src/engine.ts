import { AssayError } from '@assay/core';
import type { Enforcement } from '@assay/pins/wire';
import type { RefusedReply, Reply } from '@assay/tokens/wire';
import { fetchChallenge, Interruption, post, reach, readJson, replyText } from './exchange.ts';
import { backoff, FLOORS, NO_FLOORS, type Pause, pausedBy, reenrolAt, withReenrolment } from './floors.ts';
import { Memory, onPlatform } from './memory.ts';
import type { Settings } from './options.ts';
import type { Outcome, Setback } from './outcome.ts';
import type { Instance, Purpose } from './prove.ts';
import { type PreparedRequest, prepareRequest } from './request.ts';
import { createTrust, type Documents, type Heard, type Trust } from './trust.ts';
import { type HeldSecret, Vault } from './vault.ts';

/** Times are milliseconds of the client's clock. */
interface Pending extends PreparedRequest {
  readonly madeAt: number;
  /** When its challenge ends. */
  readonly endsAt: number;
  /** When it was sent last. */
  sentAt: number;
  /** A signed reply has come to it: its signals were heard. */
  readonly heard: () => void;
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
  readonly #memory: Memory;
  #pending: Pending | undefined;
  #next: HeldChallenge | undefined;
  #flight: Promise<Outcome> | undefined;
  /** Time that the server signed, and when it came: milliseconds. */
  #signed = { time: 0, at: 0 };

  private constructor(settings: Settings, trust: Trust, memory: Memory) {
    this.#settings = settings;
    this.#trust = trust;
    this.#memory = memory;
  }

  /** @throws RequestError `pins.*` when the built-in root document is not what it must be */
  static async start(settings: Settings): Promise<Engine> {
    const { app, env, crypto, trustedRoot, bundledPins } = settings;
    const memory = await Memory.open(settings);
    const report = (code: string): void => settings.report({ about: 'document', code });
    const trust = await createTrust({ app, env, crypto, trustedRoot, bundledPins, report }, memory.state);
    settings.signals.pinnedBy((host) => trust.enforcement(host).act !== 'not_pinned');
    return new Engine(settings, trust, memory);
  }

  /** The key that tokens are bound to, once there is one. */
  get instance(): Instance | undefined {
    return this.#memory.instance;
  }

  /** The server's time: what it signed last, and what has gone by since. Milliseconds. */
  get serverTime(): number {
    return this.#signed.time + Math.max(0, this.#settings.clock() - this.#signed.at);
  }

  /** Whether a flight on an API's word would come too soon after the last signed reply. */
  get hasJustFlown(): boolean {
    const ago = this.#settings.clock() - this.#signed.at;
    return ago >= 0 && ago < FLOORS.handshake;
  }

  enforcement(hostname: string): Enforcement {
    return this.#trust.enforcement(hostname);
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
    const paused = pausedBy(this.#memory.state.floors, appVersion, clock());
    if (paused !== undefined) return paused;
    if (wish === 'rekey' && this.#pending?.purpose === 'refresh') this.#pending = undefined;
    return this.#attempt(wish, TRIES);
  }

  async #attempt(wish: Wish, tries: Tries): Promise<Outcome> {
    try {
      const pending = this.#resumable() ?? (await this.#prepare(wish));
      return await this.#settle(pending, await this.#exchange(pending), wish, tries);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      return this.#interrupted(error, wish, tries);
    }
  }

  /** The exact body goes again until its challenge ends: the server answers it from what it committed. */
  #resumable(): Pending | undefined {
    const now = this.#settings.clock();
    const isOver = this.#pending !== undefined && (now >= this.#pending.endsAt || now < this.#pending.madeAt);
    if (isOver) this.#pending = undefined;
    return this.#pending;
  }

  async #prepare(wish: Wish): Promise<Pending> {
    const { speaker, adapter, crypto, random, clock, signals: seen } = this.#settings;
    const instance = await this.#memory.findKey();
    const purpose = purposeOf(wish, instance);
    const { challenge, endsAt } = await this.#challenge(purpose, instance);
    const isHeard = this.#signed.time > 0;
    const { signals, heard } = await seen.say(isHeard ? this.serverTime : 0, instance?.key.inSoftware);
    const plan = { purpose, challenge, instance, signals, pins: this.#trust.mark };
    const prepared = await onPlatform(() =>
      prepareRequest(plan, { speaker, adapter, crypto, random, spare: this.#memory.spare }),
    );
    if (purpose !== 'refresh') await this.#memory.noteCandidate(prepared.instance);
    this.#pending = { ...prepared, endsAt, heard, madeAt: clock(), sentAt: clock() };
    return this.#pending;
  }

  /** The one that came with the last reply, which serves that instance once; else a new one. */
  async #challenge(purpose: Purpose, instance: Instance | undefined): Promise<HeldChallenge> {
    const { fetch, iss, app, clock } = this.#settings;
    const now = clock();
    const held = this.#next;
    const isRefresh = purpose === 'refresh' && instance !== undefined;
    if (isRefresh) this.#next = undefined;
    if (isRefresh && held !== undefined && now < held.endsAt && instance.jkt === this.instance?.jkt) return held;
    const wish = isRefresh ? { app, jkt: instance.jkt } : { app };
    const { challenge, seconds } = await fetchChallenge(fetch, iss, wish);
    return { challenge, endsAt: now + seconds * 1000 };
  }

  /** @throws Interruption when no answer came, or none that can be believed */
  async #exchange(pending: Pending): Promise<Heard> {
    const { fetch, iss, clock, report } = this.#settings;
    pending.sentAt = clock();
    const text = await replyText(await post(fetch, `${iss}${pending.path}`, pending.body));
    const open = () => this.#trust.hear(text, { iss, jkt: pending.instance.jkt, rqh: pending.rqh });
    try {
      return await open().catch(async (error: unknown) => {
        if (!asksForSuccessor(error) || !(await this.#followPublished())) throw error;
        return open();
      });
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      report({ about: 'reply', code: error.code });
      throw new Interruption(error.code, { cause: error });
    }
  }

  /** The reply key may have been replaced: newer root documents prove themselves, so they may come over any connection. */
  async #followPublished(): Promise<boolean> {
    const { fetch, iss, app } = this.#settings;
    const response = await reach(() => fetch(new Request(`${iss}/v1/pins/${app}`, { redirect: 'error' })));
    const { roots } = await readJson(response);
    return this.#trust.follow({ roots: Array.isArray(roots) ? roots : [] });
  }

  async #settle(pending: Pending, { reply, said }: Heard, wish: Wish, tries: Tries): Promise<Outcome> {
    const memory = this.#memory;
    this.#pending = undefined;
    pending.heard();
    this.#signed = { time: reply.iat * 1000, at: this.#settings.clock() };
    await this.#trust.follow(documentsOf(reply), said);
    await memory.save(this.#trust.stored);
    // Only a known instance is given the challenge of its next refresh, so this key is registered, whatever the verdict.
    if (reply.next !== undefined || reply.result === 'ok') await memory.adopt(pending.instance);
    this.#next = reply.next && {
      challenge: reply.next.challenge,
      endsAt: pending.sentAt + reply.next.expires_in * 1000,
    };
    if (reply.result === 'refused') return this.#refused(pending, reply, wish, tries);
    await memory.save({ floors: { ...NO_FLOORS, reenrolments: memory.state.floors.reenrolments } });
    this.vault.put(reply, await this.#openBoxes(pending, reply.secrets ?? {}, reply), pending.sentAt);
    return { kind: 'ok', support: reply.support };
  }

  async #openBoxes(
    { encryption, instance, rqh }: Pending,
    boxes: Readonly<Record<string, string>>,
    { iss, iat }: Reply,
  ) {
    const opened = new Map<string, HeldSecret & { readonly exp: number }>();
    const expected = { iss, rqh, jktK: instance.jkt, jktE: encryption.jkt, now: iat * 1000 };
    for (const [member, box] of Object.entries(boxes)) {
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
    const isRegistered = pending.purpose === 'refresh' || reply.next !== undefined;
    if (!isRegistered) await this.#memory.forget(pending.instance.key.id);
    if (reply.action === 'reenroll') return this.#reenrol(pending, reply, tries);
    if (reply.action === 'retry' && tries.statement > 0) return this.#attempt(wish, { ...tries, statement: 0 });
    const { clock, appVersion, random } = this.#settings;
    if (reply.action === 'retry') {
      const until = clock() + backoff(this.#memory.state.floors, 'doubling', random);
      return this.#pause({ until, outcome: refusalOf(reply, until) });
    }
    const until = clock() + FLOORS.hold;
    return this.#pause({ until, outcome: refusalOf(reply, until), version: appVersion });
  }

  /** At most once an hour and three times a day, whatever the server says: every new key costs something. */
  async #reenrol(pending: Pending, reply: RefusedReply, tries: Tries): Promise<Outcome> {
    const { clock, random } = this.#settings;
    const { candidate, instance, floors } = this.#memory.state;
    const { id } = pending.instance.key;
    if (candidate?.id === id && instance !== undefined) {
      // The rekey never arrived; the key before it still stands.
      await this.#memory.forget(id);
      return this.#attempt('tokens', tries);
    }
    const now = clock();
    const at = reenrolAt(floors, now);
    if (at > now || tries.enrolment === 0) {
      const until = Math.max(at, now + backoff(floors, 'doubling', random));
      return this.#pause({ until, outcome: refusalOf(reply, until) });
    }
    await this.#memory.forget(id);
    await this.#memory.save({ floors: withReenrolment(floors, now) });
    return this.#attempt('tokens', { ...tries, enrolment: 0 });
  }

  /** No signed reply: the client waits, or says the same thing anew once. Nothing is given up. */
  async #interrupted(error: Interruption, wish: Wish, tries: Tries): Promise<Outcome> {
    const { code, reaction, support, retryAfter } = error;
    if (reaction !== 'same_again') this.#pending = undefined;
    if (reaction === 'new_statement' && tries.statement > 0) return this.#attempt(wish, { ...tries, statement: 0 });
    const { clock, random } = this.#settings;
    const until = clock() + backoff(this.#memory.state.floors, 'flat', random, retryAfter);
    const kind = reaction === 'config' ? 'config' : 'wait';
    const outcome = { kind, code, retryAt: until, ...(support === undefined ? {} : { support }) } as const;
    return this.#pause({ until, outcome });
  }

  async #pause(pause: Pause): Promise<Setback> {
    const { failures, ...floors } = this.#memory.state.floors;
    const isRefusal = pause.outcome.kind === 'refused';
    await this.#memory.save({ floors: { ...floors, failures: failures + (isRefusal ? 1 : 0), pause } });
    return pause.outcome;
  }
}

/** A key whose enrolment may have been committed is refreshed first: only a signed word gives it up. */
function purposeOf(wish: Wish, found: { readonly isCandidate: boolean } | undefined): Purpose {
  if (found === undefined) return 'enrol';
  return wish === 'rekey' && !found.isCandidate ? 'rekey' : 'refresh';
}

function documentsOf({ pins }: Reply): Documents {
  const { root, set } = pins ?? {};
  if (root === undefined) return { roots: [], set };
  return { roots: Array.isArray(root) ? root : [root], set };
}

function refusalOf({ support, class: kind, action, reasons }: RefusedReply, retryAt: number): Setback {
  return { kind: 'refused', support, class: kind, action, retryAt, ...(reasons === undefined ? {} : { reasons }) };
}

/** The reply is by a key, or of a time, that only a newer root document can vouch for. */
function asksForSuccessor(error: unknown): boolean {
  const codes = ['tokens.reply_signature_invalid', 'pins.root_expired'];
  return error instanceof AssayError && codes.includes(error.code);
}
