import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import type { Target } from '../target.ts';

/** HarmonyOS' configuration, obeyed by Network Kit and what is built on it. */
export const harmony: Target = {
  id: 'harmony',
  title: 'HarmonyOS network_config.json',
  can: {
    subdomains: ['none', 'all'],
    overlap: 'most-specific',
    // Network Kit hands the pins to libcurl, which compares the leaf alone (OpenHarmony netstack, http_exec.cpp).
    positions: 'leaf',
    expires: true,
    reports: false,
    sendsReports: false,
    // trust-anchors are added to the store of the device and take nothing out of it (same file).
    privateTrust: false,
    transparency: 'none',
    pins: 'spki',
  },
  caveats: [
    'Remote Communication Kit skips pin-set and trust-anchors: pin there in code, by the certificatePinning of its SecurityConfiguration.',
    'While a pin-set holds for a host, Network Kit skips the certificatePinning of single requests to it.',
    'expires is read in the time zone of the device.',
  ],
  files: ({ hosts }) => [
    {
      path: 'entry/src/main/resources/base/profile/network_config.json',
      text: `${JSON.stringify(configOf(hosts), undefined, 2)}\n`,
    },
  ],
};

function configOf(hosts: readonly PolicyHost[]) {
  return {
    'network-security-config': { 'domain-config': hosts.map(domainConfig) },
    'trust-global-user-ca': false,
    'trust-current-user-ca': false,
  };
}

function domainConfig(host: PolicyHost) {
  return {
    domains: [{ name: host.host, 'include-subdomains': host.subdomains === 'all' }],
    cleartextTrafficPermitted: false,
    ...(isEnforced(host) ? { 'pin-set': pinSet(host) } : {}),
  };
}

function pinSet({ pins, expires }: PolicyHost) {
  return {
    ...(expires === undefined ? {} : { expiration: expires }),
    pin: pins.map(({ spki }) => ({ 'digest-algorithm': 'sha256', digest: spki })),
  };
}
