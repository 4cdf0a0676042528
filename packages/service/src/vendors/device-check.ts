import type { Random } from '@assay/core';
import { toHex } from '@assay/formats';
import { flag, matching, object } from '@assay/formats/shape';
import { assertTaken, readJson, unexpectedStatus } from './answers.ts';
import type { AuthorizeTeam } from './apple-team.ts';
import { createLine, type Endpoint, type Network, type VendorReply } from './endpoint.ts';
import type { DeviceBits, DeviceCheckDevice, DeviceCheckPort } from './types.ts';

const NAME = 'DeviceCheck';
const URLS = {
  production: 'https://api.devicecheck.apple.com/v1/',
  development: 'https://api.development.devicecheck.apple.com/v1/',
} as const;

/** 200 with this text: nobody has ever set bits for the device. */
const NEVER_SET = /^(failed to find bit state|bit state not found)$/i;
const NONE: DeviceBits = { bit0: false, bit1: false };
const MAX_TEXT = 64;

const readBits = object(
  { bit0: flag, bit1: flag },
  { last_update_time: matching(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM') },
  { open: true },
);

/**
 * Apple's two bits for a device and a team ("Accessing and modifying per-device data"). Nobody has shown its answers in public:
 * they are read as its documents have them, and anything else counts as no answer.
 *
 * @param endpoint another address than Apple's is for tests
 * @throws of the calls: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_refused_us`,
 * `service.vendor_not_configured`, EvidenceError `service.vendor_refused_token`
 */
export function createDeviceCheck(
  network: Network & { readonly random: Random },
  authorize: AuthorizeTeam,
  endpoint: Partial<Endpoint> = {},
): DeviceCheckPort {
  const lineTo = (url: string) => createLine(network, { name: NAME, url, ...endpoint });
  const lines = { production: lineTo(URLS.production), development: lineTo(URLS.development) };

  async function ask(path: string, { team, environment, token }: DeviceCheckDevice, bits: object = {}) {
    const transaction = { transaction_id: toHex(network.random(16)), timestamp: network.clock() };
    const headers = { authorization: `Bearer ${await authorize(team)}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ device_token: token, ...transaction, ...bits });
    const reply = await lines[environment]({ headers, body }, path);
    assertTaken(NAME, reply);
    return reply.status === 200 ? reply : unexpectedStatus(NAME, reply);
  }

  return {
    query: async (device) => toBits(await ask('query_two_bits', device)),
    async update(device, { bit0, bit1 }) {
      await ask('update_two_bits', device, { bit0, bit1 });
    },
  };
}

function toBits(reply: VendorReply): DeviceBits {
  const text = reply.body.length <= MAX_TEXT ? Buffer.from(reply.body).toString('latin1').trim() : '';
  if (NEVER_SET.test(text)) return NONE;
  const { bit0, bit1, last_update_time: updated } = readJson(NAME, reply, readBits);
  return { bit0, bit1, ...(updated === undefined ? {} : { updated }) };
}
