import type { EcJwk, Role, Sign, WireEvidence } from '@assay/tokens/wire';

/** The instance key K, wherever the platform keeps it. */
export interface InstanceKey {
  /** Name by which the platform finds the key again after a restart. */
  readonly id: string;
  readonly jwk: EcJwk;
  /** Rejects while the key cannot be used, as on a locked phone: the client waits then and keeps the key. */
  readonly sign: Sign;
  /** Whether the key store would not make it in hardware, where the platform tells: the signal `key_in_software`. */
  readonly inSoftware?: boolean;
}

interface KeyKeeper {
  /** Version of the operating system as it calls itself: a claim. */
  readonly os: string;
  /** The key of this name, or undefined when the platform has lost it. */
  findKey(id: string): Promise<InstanceKey | undefined>;
  removeKey(id: string): Promise<void>;
  /** What the platform adds to the evidence of its key, in this order; nothing by default. */
  readonly companions?: readonly Companion[];
}

/**
 * Evidence beside that of the key, such as a Play Integrity token beside a key attestation. Every statement declares what
 * comes with it, so a companion that fails is a statement that is not sent: a platform without the service lists none.
 */
export interface Companion {
  readonly role: Role;
  /** `new_key`: with statements that bring a key; `always`: with each. */
  readonly comes: 'new_key' | 'always';
  /** `binding` is the text to be handed to the platform. */
  collect(binding: string): Promise<WireEvidence>;
}

/** Platforms that make K apart from its evidence, which then names K: App Attest. */
export interface KeyFirstAdapter extends KeyKeeper {
  readonly order: 'key_first';
  readonly platform: 'ios';
  readonly roles: { readonly attest: Role; readonly assert: Role };
  createKey(): Promise<InstanceKey>;
  /** A new platform key A; its key id, base64url of 32 bytes. */
  createAnchor(): Promise<string>;
  /**
   * Evidence that A is new and genuine. `binding` is the text to be handed to the platform. Where the vendor's service cannot
   * be reached now (App Attest's `serverUnavailable`), rejects with a retryable UpstreamError: the next try is by the same A.
   * Any other rejection gives A up.
   */
  attest(anchor: string, binding: string): Promise<WireEvidence>;
  /** Evidence by an A that was attested before. */
  assert(anchor: string, binding: string): Promise<WireEvidence>;
}

/**
 * Platforms where the call that makes K is the one that takes the binding: Android Key Attestation. The statement
 * therefore cannot name K, and the request's signature ties the two together.
 */
export interface StatementFirstAdapter extends KeyKeeper {
  readonly order: 'statement_first';
  readonly platform: 'android';
  readonly roles: { readonly attest: Role };
  /** Makes a new K under a new name; older keys stay until `removeKey`. */
  attestNewKey(binding: string): Promise<NewKey>;
}

export interface NewKey {
  readonly key: InstanceKey;
  readonly evidence: WireEvidence;
  /** The certificate of K, DER: companions name it (role `play-standard`). May be left out where there are none. */
  readonly leaf?: Uint8Array;
}

/**
 * Platforms that attest no key: K is in software, and a vendor's token names it. Phones with Play or HMS alone, HarmonyOS,
 * web pages, simulators.
 */
export interface SoftwareKeyAdapter extends KeyKeeper {
  readonly order: 'software_key';
  readonly platform: 'android' | 'harmonyos' | 'web' | 'dev';
  readonly roles: { readonly attest: Role };
  /**
   * Whether a fresh token comes with every statement, since a key that anybody can copy proves little by itself, or with new
   * keys alone: nobody solves a captcha at every refresh.
   */
  readonly comes: 'new_key' | 'always';
  createKey(): Promise<InstanceKey>;
  /** Evidence that names K. `binding` is the text to be handed to the platform. */
  attest(binding: string): Promise<WireEvidence>;
}

/** What a platform does for the client. The order in which it can make K and evidence tells the kinds apart. */
export type AttestationAdapter = KeyFirstAdapter | StatementFirstAdapter | SoftwareKeyAdapter;
