import { fault } from '../../fault.ts';
import type { Situation } from '../situation.ts';

/** Names that genuine copies of the app have, as its registration says. */

type App = Situation['app'];

/** @throws RequestError `service.platform_not_registered` */
export function registered<K extends 'apple' | 'android' | 'google' | 'huawei' | 'harmony' | 'web' | 'appCheck'>(
  app: App,
  kind: K,
): NonNullable<App[K]> {
  const entry = app[kind];
  if (entry === undefined || entry === null) throw fault('service.platform_not_registered', { expected: kind });
  return entry;
}

export function androidApps(app: App) {
  return registered(app, 'android').packages.map(({ name, signers }) => ({
    package: name,
    digests: signers.map(({ sha256 }) => sha256),
  }));
}
