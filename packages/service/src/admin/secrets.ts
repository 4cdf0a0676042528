import { sealSecret } from '@assay/secrets';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import type { Issuer } from '../issuers.ts';
import { SecretRule } from '../registry/documents.ts';
import { type Actor, commitChange } from './act.ts';

/**
 * Stores a new version of a secret, sealed in its place. Returns the version.
 *
 * @throws RequestError `service.app_unknown`, `service.conflict`; ConfigError `secrets.*` for a value or name that could
 * never be delivered
 */
export async function setSecret(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  app: string,
  name: string,
  value: Uint8Array,
  rule: SecretRule,
): Promise<number> {
  const { store, kek, random, clock, registry } = service;
  if ((await registry.app(issuer.iss, app)) === undefined) throw fault('service.app_unknown');
  const current = await store.currentSecrets(issuer.iss, app);
  const version = (current.find((row) => row.name === name)?.version ?? 0) + 1;
  const sealed = await sealSecret(kek, value, { iss: issuer.iss, app, name, version }, random);
  const row = {
    iss: issuer.iss,
    app,
    name,
    version,
    sealed,
    rule: JSON.stringify(SecretRule.parse(rule)),
    createdAt: clock(),
  };
  const entry = { actor, act: 'secret.set', subject: `${app}/${name}`, detail: { version } };
  const isWritten = await commitChange(service, issuer.iss, entry, (tables) => tables.addSecret(row));
  if (!isWritten) throw fault('service.conflict');
  return version;
}

/** Names, versions and rules; never a value. */
export async function listSecrets(service: Service, issuer: Issuer, app: string) {
  const rows = await service.store.currentSecrets(issuer.iss, app);
  return rows.map(({ name, version, rule, createdAt }) => ({
    ...{ name, version, createdAt },
    rule: SecretRule.parse(JSON.parse(rule)),
  }));
}
