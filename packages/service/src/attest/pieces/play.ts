import { provenValue } from '@assay/core';
import { type PlayBinding, type PlaySource, verifyPlayIntegrity } from '@assay/evidence';
import { openPlayToken } from '../../vendors/ask.ts';
import type { PlayKeys } from '../../vendors/types.ts';
import { androidApps, registered } from './apps.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

/** A Play Integrity token of a standard request: Google compares the text of the binding for us, byte for byte. */
export function appraisePlayStandard(bench: Bench): Promise<Finding> {
  return appraisePlay(bench, { kind: 'standard', requestHash: bindingOf(bench).text });
}

export function appraisePlayClassic(bench: Bench): Promise<Finding> {
  return appraisePlay(bench, { kind: 'classic', nonce: bindingOf(bench).bytes });
}

async function appraisePlay(bench: Bench, binding: PlayBinding): Promise<Finding> {
  const { app, at } = bench.situation;
  registered(app, 'google');
  const { source, keys } = await openedBy(bench);
  return factsOf(verifyPlayIntegrity({ ...source, binding, apps: androidApps(app) }, { at, keys }));
}

interface Opening {
  readonly source: PlaySource;
  readonly keys?: PlayKeys;
}

/**
 * Opened here where the operator has the keys of the package, at Google's endpoint else.
 *
 * @throws as `openPlayToken`
 */
async function openedBy(bench: Bench): Promise<Opening> {
  const { service, issuer, caller, request } = bench.situation;
  const [token, name] = [tokenOf(bench), packageOf(bench)];
  const keys = service.vendors.playKeys(name);
  if (keys !== undefined) return { source: { token }, keys };
  const { purpose } = request.statement;
  const question = { iss: issuer.iss, package: name, token, purpose, address: caller.address };
  return { source: { payload: await openPlayToken(service, question) } };
}

/** A token does not say whose it is before it is opened: the package that is proven already, else the first registered. */
function packageOf({ situation, primary }: Bench): string {
  const { packages } = registered(situation.app, 'android');
  const facts = primary?.facts ?? (situation.instance ?? situation.old)?.facts;
  const known = facts && provenValue(facts.app.id);
  return packages.find(({ name }) => name === known)?.name ?? packages[0]?.name ?? '';
}
