import { ConfigError } from '@assay/core';
import { type EnvelopeType, type PinSigner, signEnvelope } from './envelope.ts';
import { refused } from './fault.ts';
import { identityOf, type Role } from './keys.ts';
import { type LintContext, lintPinSet } from './lint.ts';
import { type PinSet, parsePinSet, toPinSetPayload } from './pin-set.ts';
import { parseRoot, type RootDocument, toRootPayload } from './root.ts';
import { assertMine } from './walk.ts';

/**
 * Signs a pin set. What is signed was read back by the clients' own parser, linted, and is of the root's epoch.
 *
 * @throws ConfigError `pins.would_brick` (naming the findings), `pins.signer_not_in_role`; RequestError for a set that
 * clients would not read.
 */
export async function signPinSet(set: PinSet, signers: readonly PinSigner[], context: LintContext): Promise<string> {
  const payload = toPinSetPayload(set);
  const read = parsePinSet(payload);
  assertMine(read, context.root);
  if (read.epoch !== context.root.epoch) throw refused('pins.epoch_mismatch', 'the pin set belongs to another epoch');
  const errors = lintPinSet(read, context).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const named = errors.map(({ rule, host }) => (host === undefined ? rule : `${rule} (${host})`)).join(', ');
    throw new ConfigError('pins.would_brick', `the pin set is not signed: ${named}`, {
      found: named,
      hint: errors[0]?.why,
    });
  }
  return sign(payload, 'assay-pins+jws', signers, [context.root.roles.pins]);
}

/**
 * Signs a root document; a successor also by the keys of the one before.
 *
 * @throws ConfigError `pins.signer_not_in_role`; RequestError for a document that clients would not follow.
 */
export async function signRoot(
  root: RootDocument,
  signers: readonly PinSigner[],
  before?: RootDocument,
): Promise<string> {
  const payload = toRootPayload(root);
  const read = parseRoot(payload);
  if (before === undefined) return sign(payload, 'assay-root+jws', signers, [read.roles.root]);
  assertMine(read, before);
  if (read.v !== before.v + 1 || read.epoch < before.epoch) {
    throw refused('pins.root_out_of_order', 'a root document does not follow', `${before.v + 1}`, `${read.v}`);
  }
  return sign(payload, 'assay-root+jws', signers, [read.roles.root, before.roles.root]);
}

/** Every signer has a place in one of the roles, and every role gets its threshold of distinct keys. */
async function sign(
  payload: Uint8Array,
  typ: EnvelopeType,
  signers: readonly PinSigner[],
  roles: readonly Role[],
): Promise<string> {
  const isStranger = signers.some(({ kid }) => roles.every(({ keys }) => !keys.has(kid)));
  if (isStranger || roles.some((role) => countDistinct(signers, role) < role.threshold)) {
    throw new ConfigError('pins.signer_not_in_role', 'the signers are not the ones that the root document asks for');
  }
  return signEnvelope(payload, typ, signers);
}

function countDistinct(signers: readonly PinSigner[], { keys }: Role): number {
  const held = signers.map(({ kid }) => keys.get(kid)).filter((key) => key !== undefined);
  return new Set(held.map(identityOf)).size;
}
