import { readDeviceBits } from '@assay/evidence';
import { teamOf } from '../../vendors/apple-team.ts';
import { askDeviceBits } from '../../vendors/ask.ts';
import { registered } from './apps.ts';
import { type Bench, type Finding, tokenOf } from './finding.ts';

/** The two bits that Apple keeps for the device, beside App Attest. */
export async function readDeviceCheck(bench: Bench): Promise<Finding> {
  const { service, issuer, app, instance, old } = bench.situation;
  const team = teamOf(registered(app, 'apple'));
  const known = bench.primary?.attested?.environment ?? (instance ?? old)?.environment;
  const environment = known === 'development' ? 'development' : 'production';
  const bits = await askDeviceBits(service, issuer.iss, { team, environment, token: tokenOf(bench) });
  return { facts: readDeviceBits(bits), checks: [] };
}
