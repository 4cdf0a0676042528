import { readDeviceBits } from '@assay/evidence';
import { fault } from '../../fault.ts';
import { registered } from './apps.ts';
import { type Bench, type Finding, tokenOf } from './finding.ts';

/** The two bits that Apple keeps for the device, beside App Attest. */
export async function readDeviceCheck(bench: Bench): Promise<Finding> {
  const { service, app, instance, old } = bench.situation;
  const { appIds, team = appIds[0]?.slice(0, TEAM_CHARACTERS) ?? '' } = registered(app, 'apple');
  const { deviceCheck } = service.vendors;
  if (deviceCheck === undefined) throw fault('service.vendor_not_configured', { expected: 'a DeviceCheck key' });
  const known = bench.primary?.attested?.environment ?? (instance ?? old)?.environment;
  const environment = known === 'development' ? 'development' : 'production';
  const bits = await deviceCheck.query({ team, environment, token: tokenOf(bench) });
  return { facts: readDeviceBits(bits), checks: [] };
}

const TEAM_CHARACTERS = 10;
