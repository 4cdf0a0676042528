import type { Purpose } from '@assay/core';
import { misfit, type Reader } from '@assay/formats/shape';

/** How a piece of evidence travels: one object of bytes, a certificate chain, or a vendor's token text. */
export type EvidenceForm = 'object' | 'chain' | 'token';

/** What the binding's anchor names: nothing, the App Attest key, or the leaf of a chain beside it (where there is one). */
export type AnchorKind = 'none' | 'app_attest_key' | 'attested_leaf';

export interface RoleRow {
  readonly form: EvidenceForm;
  readonly anchor: AnchorKind;
  /** Whether the thumbprint of K is in the binding. Not where K is made by the very call that takes the binding. */
  readonly bindsKey: boolean;
  /** How the 32 bytes of the binding are handed to the platform. */
  readonly text: 'base64url' | 'base64';
  /** Statements that this evidence may stand in. */
  readonly purposes: readonly Purpose[];
}

const ANY: readonly Purpose[] = ['enrol', 'refresh', 'rekey', 'step_up'];
/** Evidence that comes with a key just made. */
const NEW_KEY: readonly Purpose[] = ['enrol', 'rekey'];
/** Evidence by a key that is registered already. */
const KNOWN_KEY: readonly Purpose[] = ['refresh', 'rekey', 'step_up'];

/** What a piece of evidence is, and what for. */
export type Role =
  | 'apple-attest'
  | 'apple-assert'
  | 'android-key'
  | 'play-standard'
  | 'play-classic'
  | 'hms'
  | 'harmony-integrity'
  | 'harmony-key'
  | 'app-check'
  | 'device-check'
  | 'web'
  | 'dev'
  | CustomRole;

/** A format of an operator's own, for example `x-acme-badge`. */
export type CustomRole = `x-${string}`;

type BuiltInRole = Exclude<Role, CustomRole>;

/** Every role of evidence. The role is inside the binding, so that evidence made for one place proves nothing in another. */
const ROLES: Readonly<Record<BuiltInRole, RoleRow>> = {
  'apple-attest': { form: 'object', anchor: 'app_attest_key', bindsKey: true, text: 'base64url', purposes: NEW_KEY },
  'apple-assert': { form: 'object', anchor: 'app_attest_key', bindsKey: true, text: 'base64url', purposes: KNOWN_KEY },
  'android-key': { form: 'chain', anchor: 'none', bindsKey: false, text: 'base64url', purposes: NEW_KEY },
  'play-standard': { form: 'token', anchor: 'attested_leaf', bindsKey: true, text: 'base64url', purposes: ANY },
  'play-classic': { form: 'token', anchor: 'attested_leaf', bindsKey: true, text: 'base64url', purposes: ANY },
  hms: { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY },
  'harmony-integrity': { form: 'token', anchor: 'attested_leaf', bindsKey: true, text: 'base64', purposes: ANY },
  'harmony-key': { form: 'chain', anchor: 'none', bindsKey: true, text: 'base64url', purposes: NEW_KEY },
  'app-check': { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY },
  'device-check': { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY },
  web: { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY },
  dev: { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY },
};

/** Every role that the product knows; an operator's own come beside them. */
export const ROLE_NAMES: readonly BuiltInRole[] = Object.keys(ROLES) as BuiltInRole[]; // the keys of ROLES by definition

const CUSTOM_NAME = /^x-[a-z0-9][a-z0-9-]{0,29}$/;
/** A format of an operator's own brings one token of text, bound to K. */
const CUSTOM: RoleRow = { form: 'token', anchor: 'none', bindsKey: true, text: 'base64url', purposes: ANY };

const isBuiltIn = (text: string): text is BuiltInRole => Object.hasOwn(ROLES, text);

export function isRole(text: string): text is Role {
  return isBuiltIn(text) || CUSTOM_NAME.test(text);
}

/** How evidence of this role travels and what it commits to. */
export function roleRow(role: Role): RoleRow {
  return isBuiltIn(role) ? ROLES[role] : CUSTOM;
}

/** The name of a role, of the product or of an operator. */
export const readRole: Reader<Role> = (value, path) =>
  typeof value === 'string' && isRole(value) ? value : misfit(path, `one of ${ROLE_NAMES.join(', ')}, or x-…`);
