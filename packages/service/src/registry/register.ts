import type { ActStore, RegistryKind } from '@assay/core';
import { importEcKey } from '@assay/tokens';
import { type Actor, type AssertStill, commitChange } from '../admin/act.ts';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import { ApiDocument, AppDocument } from './documents.ts';

/**
 * Writes a registered document that its own schema has let through.
 *
 * @param expected version that the change was made from, 0 for a new document; undefined for whatever is there
 * @param assertStill what the change rests on, as `commitAct` looks at it
 * @returns the new version
 * @throws RequestError `service.conflict`, `service.dev_not_allowed`, `tokens.key_invalid`
 */
export async function registerDocument(
  service: Service,
  actor: Actor,
  iss: string,
  { kind, id, json }: { readonly kind: RegistryKind; readonly id: string; readonly json: string },
  expected: number | undefined,
  assertStill?: AssertStill,
): Promise<number> {
  const { store, clock, registry } = service;
  FITS[kind]?.(service, iss, json);
  const from = expected ?? (await store.registered(iss, kind, id))?.version ?? 0;
  const version = from + 1;
  const entry = { actor, act: `${kind}.register`, subject: id, detail: { version } };
  const write = (tables: ActStore) => tables.register(iss, kind, id, json, from, clock());
  const isWritten = await commitChange(service, iss, entry, write, assertStill);
  if (!isWritten) throw fault('service.conflict');
  registry.forget();
  return version;
}

/** What a document's own schema cannot tell, by its kind. */
const FITS: Readonly<Partial<Record<RegistryKind, (service: Service, iss: string, json: string) => void>>> = {
  app: assertAllowed,
  api: assertSealable,
};

/** Whether this issuer may have such an app. */
function assertAllowed({ issuers }: Service, iss: string, json: string): void {
  const kind = issuers.get(iss)?.kind;
  if (AppDocument.parse(JSON.parse(json)).dev && kind !== 'development') {
    throw fault('service.dev_not_allowed', { expected: 'an environment of kind development', found: `kind ${kind}` });
  }
}

/** A key that is no point would stop every token for the API, after its evidence was redeemed. */
function assertSealable(_service: Service, _iss: string, json: string): void {
  const { encryptionKey } = ApiDocument.parse(JSON.parse(json));
  if (encryptionKey !== undefined) importEcKey(encryptionKey);
}
