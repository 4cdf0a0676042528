import type { InstanceKey } from './adapter.ts';
import { Interruption } from './exchange.ts';
import type { Settings } from './options.ts';
import type { Instance, SpareAnchor } from './prove.ts';
import type { ClientCode } from './reasons.ts';
import { type ClientState, type KeyRecord, readState, writeState } from './state.ts';
import { isTimeout } from './watchdog.ts';

/** What the client remembers across restarts, and the keys of the platform that go with it. */
export class Memory {
  #state: ClientState;
  #instance: Instance | undefined;
  readonly #settings: Settings;

  private constructor(settings: Settings, state: ClientState) {
    this.#settings = settings;
    this.#state = state;
  }

  static async open(settings: Settings): Promise<Memory> {
    return new Memory(settings, readState(await settings.storage.get(nameOf(settings))));
  }

  get state(): ClientState {
    return this.#state;
  }

  /** The key that tokens are bound to, once a signed reply has come in this run. */
  get instance(): Instance | undefined {
    return this.#instance;
  }

  async save(changes: Partial<ClientState>): Promise<void> {
    this.#state = { ...this.#state, ...changes };
    await this.#settings.storage.set(nameOf(this.#settings), writeState(this.#state));
  }

  /**
   * The key to speak with: a candidate first, whose enrolment may have been committed. A key that the platform has lost is
   * forgotten.
   *
   * @throws Interruption `client.platform_failed`, `client.platform_timeout`
   */
  async findKey(): Promise<(Instance & { readonly isCandidate: boolean }) | undefined> {
    const { candidate, instance } = this.#state;
    const record = candidate ?? instance;
    if (record === undefined) return undefined;
    const key = await onPlatform(() => this.#settings.adapter.findKey(record.id));
    if (key !== undefined) return { ...toInstance(record, key), isCandidate: candidate !== undefined };
    await this.forget(record.id);
    return this.findKey();
  }

  /** Notes a key before it is sent: one that was enrolled and then forgotten could be neither used nor enrolled again. */
  noteCandidate(instance: Instance): Promise<void> {
    return this.save({ candidate: recordOf(instance) });
  }

  /** What the next attestation by this platform begins with. */
  get spare(): SpareAnchor {
    return { id: this.#state.spare, keep: (id) => this.#keepSpare(id) };
  }

  /** The key that the server knows takes the place of the one before. */
  async adopt(instance: Instance): Promise<void> {
    const { candidate: _, instance: before, ...state } = this.#state;
    this.#instance = instance;
    this.#state = { ...state, instance: recordOf(instance) };
    await this.save({});
    if (before !== undefined && before.id !== instance.key.id) await this.#remove(before.id);
  }

  async forget(id: string): Promise<void> {
    const { candidate, instance, ...state } = this.#state;
    this.#state = {
      ...state,
      ...(candidate === undefined || candidate.id === id ? {} : { candidate }),
      ...(instance === undefined || instance.id === id ? {} : { instance }),
    };
    if (this.#instance?.key.id === id) this.#instance = undefined;
    await this.save({});
    await this.#remove(id);
  }

  async #keepSpare(id: string | undefined): Promise<void> {
    const { spare: _, ...state } = this.#state;
    this.#state = state;
    await this.save(id === undefined ? {} : { spare: id });
  }

  /** A key that cannot be removed now is left over, and of no use to anybody. */
  async #remove(id: string): Promise<void> {
    await this.#settings.adapter.removeKey(id).catch(() => undefined);
  }
}

function nameOf({ iss, app }: Pick<Settings, 'iss' | 'app'>): string {
  return `assay ${iss} ${app}`;
}

function recordOf({ key, jkt, anchor }: Instance): KeyRecord {
  return { id: key.id, jkt, ...(anchor === undefined ? {} : { anchor }) };
}

function toInstance({ jkt, anchor }: KeyRecord, key: InstanceKey): Instance {
  return { key, jkt, ...(anchor === undefined ? {} : { anchor }) };
}

/** Whatever the platform rejects with: the client waits, and keeps its keys. */
export async function onPlatform<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const code: ClientCode = isTimeout(cause) ? 'client.platform_timeout' : 'client.platform_failed';
    throw new Interruption(code, { cause });
  }
}
