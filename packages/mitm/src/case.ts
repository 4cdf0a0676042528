import type { Recipe, Template } from './recipe.ts';

/** What the client under test must be able to do, or what must be known of it, for a case to say anything. */
export const CAPABILITIES = {
  'lab-key': 'pins the keys of the harness (or `--leaf-key` gave its pinned key)',
  'lab-pins': 'pins every key that the harness names, not its first alone',
  'lab-ca': 'trusts the authority of the harness',
  'user-ca': 'runs on a device where the authority was installed by its user',
  'many-hosts': 'takes any host of the harness, also an address',
  staples: 'checks stapled OCSP responses',
  timestamps: 'enforces certificate transparency, with the log list of the harness',
  http2: 'speaks HTTP/2 and may join connections',
  redirects: 'follows redirects',
  hsts: 'keeps HSTS',
  websocket: 'opens wss:// addresses',
  resumption: 'makes a second request in the same process, with its session cache',
  'pin-updates': 'fetches signed pin sets and follows ASSAY_STEPS',
  'trusted-time': 'does not rest on the clock of its device alone',
  'client-certificate': 'has a client certificate',
  webview: 'loads the address in a web view too',
  clock: 'can be run under a moved clock',
} as const;
export type Capability = keyof typeof CAPABILITIES;

/** What a client that follows ASSAY_STEPS does in one process, one after the other. */
export const STEPS = {
  request: 'opens ASSAY_URL',
  'update-pins': 'takes the pin set from ASSAY_PINS_URL',
  'plain-request': 'opens ASSAY_PLAIN_URL',
  'second-host': 'opens ASSAY_SECOND_URL, whose host is pinned to the second of ASSAY_PINS alone',
  websocket: 'opens a WebSocket (wss) at ASSAY_URL',
  'web-view': 'loads ASSAY_URL in a web view',
} as const;
export type Step = keyof typeof STEPS;

/** `accept`: a request must arrive. `refuse`: no application byte may. `report`: nothing is judged, what was seen is reported. */
export type Expectation = 'accept' | 'refuse' | 'report';

/** One server that differs in one point, and what a correct client does about it. */
export interface Case {
  /** `N11.b`: row of the battery and variant; a row of one variant has no letter. */
  readonly id: string;
  readonly title: string;
  readonly group: CaseGroup;
  /** What an attacker gains where a client accepts; for positive cases, who is locked out where it refuses. */
  readonly why: string;
  readonly expect: Expectation;
  readonly needs: readonly Capability[];
  /** What this case differs from in one point: `valid`, a base, or another case. */
  readonly from: string;
  /** The whole recipe, with what `from` has already. */
  readonly recipe: Recipe;
  /** The host that the client is sent to; `{host}` unless told. Templates of the recipe are about this one. */
  readonly host: Template;
  readonly steps: readonly Step[];
  /** Seconds by which the client's clock is off. */
  readonly clock?: number;
  /** What the pin service of the harness offers at `update-pins`. */
  readonly pinSet?: PinSetRecipe;
  /** Of a case that is to be accepted: why a client that refuses it is not at fault. */
  readonly mayRefuse?: string;
  /** What clients were seen to do, by client. */
  readonly measured?: Readonly<Record<string, string>>;
  readonly masvs: readonly string[];
  readonly mastg: readonly string[];
  readonly maswe: readonly string[];
  /** Clauses that a correct client follows here: `RFC 9525 6.3`. */
  readonly clauses: readonly string[];
}

export const CASE_GROUPS = [
  'control',
  'trust',
  'name',
  'validity',
  'authority',
  'extension',
  'cryptography',
  'revocation',
  'transparency',
  'protocol',
  'http',
  'session',
  'pin-set',
  'device',
  'endurance',
] as const;
export type CaseGroup = (typeof CASE_GROUPS)[number];

export interface PinSetRecipe {
  /** Keys that the offered set pins. */
  readonly pins: readonly string[];
  readonly fault?: 'signature' | 'rolled-back' | 'other-app' | 'stale' | 'expired' | 'unavailable';
  /** The service that offers it is itself intercepted, with a certificate of an unpinned key. */
  readonly intercepted?: boolean;
}
