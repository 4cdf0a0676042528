import type { FactPath } from './fact-path.ts';
import { PROOFS, SIGNALS } from './signals/index.ts';

/**
 * Where facts come from: formats of evidence; `app`: the app's own statement; `signals`: its hints; `server`: this server's
 * records of the instance and of the app.
 */
export const FACT_FORMATS = [
  'apple-app-attest',
  'android-key',
  'play-integrity',
  'huawei-sysintegrity',
  'harmony-sysintegrity',
  'firebase-app-check',
  'apple-device-check',
  'web',
  'dev',
  'app',
  'signals',
  'server',
] as const;
export type FactFormat = (typeof FACT_FORMATS)[number];
export type FactKnown = 'proven' | 'claimed';
export type FactSources = Readonly<Partial<Record<FactFormat, FactKnown>>>;

/** What each source can say at best: a device may say less, and a broken one gives claims where a good one gives proof. */
const GIVEN: { readonly [F in FactFormat]: Readonly<Partial<Record<FactKnown, readonly FactPath[]>>> } = {
  'apple-app-attest': {
    proven: [
      ...(['platform', 'evidence', 'app.id', 'app.build', 'app.environment', 'app.category'] as const),
      ...(['key.attestedLevel', 'key.origin', 'key.algorithm', 'chain.anchor'] as const),
      ...(['device.osVersion', 'device.osBuild', 'device.osFamily', 'history.riskMetric'] as const),
    ],
    claimed: ['key.protection'],
  },
  'android-key': {
    proven: [
      ...(['platform', 'evidence', 'app.id', 'app.signers', 'app.build'] as const),
      ...(['key.protection', 'key.attestedLevel', 'key.attesterLevel'] as const),
      ...(['key.origin', 'key.purposes', 'key.algorithm'] as const),
      ...(['device.bootState', 'device.locked', 'device.bootKey', 'device.brand', 'device.model'] as const),
      ...(['device.osVersion', 'device.osPatch', 'device.vendorPatch', 'device.bootPatch'] as const),
      ...(['chain.anchor', 'chain.provisioning', 'chain.certificatesIssued', 'chain.revocation'] as const),
    ],
  },
  'play-integrity': {
    proven: [
      ...(['platform', 'evidence', 'app.id', 'app.signers', 'app.build', 'app.recognition', 'app.licensing'] as const),
      ...(['device.sdk', 'device.labels', 'runtime.playProtect', 'runtime.accessRisk'] as const),
      ...(['runtime.activityLevel', 'runtime.deviceBits', 'threats.malware'] as const),
    ],
  },
  'huawei-sysintegrity': {
    proven: [
      ...(['platform', 'evidence', 'app.id', 'app.signers', 'device.labels', 'device.locked', 'chain.anchor'] as const),
      ...(['threats.root', 'threats.hooks', 'threats.emulator'] as const),
    ],
  },
  'harmony-sysintegrity': {
    proven: [
      ...(['platform', 'evidence', 'app.id', 'app.signers', 'device.labels', 'device.locked', 'chain.anchor'] as const),
      ...(['threats.root', 'threats.hooks', 'threats.emulator'] as const),
    ],
  },
  'firebase-app-check': { proven: ['evidence', 'app.id'], claimed: ['platform', 'key.protection'] },
  'apple-device-check': { proven: ['evidence', 'runtime.deviceBits'] },
  web: { proven: ['platform', 'evidence', 'app.id', 'runtime.captcha'], claimed: ['key.protection'] },
  dev: { proven: ['platform', 'evidence'], claimed: ['key.protection'] },
  app: { claimed: ['app.version', 'device.osVersion', 'key.protection'] },
  signals: { claimed: SIGNALS.map(({ threat }): FactPath => `threats.${threat}`) },
  server: {
    proven: [
      ...(['app.releasedHours', 'history.attestedHours', 'history.freshHours'] as const),
      ...(['history.silentProviders', 'history.advisories', 'history.banMark'] as const),
    ],
  },
};

/** Threats that follow from other facts are known by the evidence that gave those. */
const givenBy = (format: FactFormat, known: FactKnown): readonly FactPath[] => [
  ...(GIVEN[format][known] ?? []),
  ...PROOFS.filter((row) => row.by === format && row.known === known).map(
    ({ threat }): FactPath => `threats.${threat}`,
  ),
];

/** How well each source can make a fact known; proof outranks a claim. A source that is not here cannot tell it. */
export function sourcesOf(path: FactPath): FactSources {
  const known = (format: FactFormat): FactKnown | undefined =>
    (['proven', 'claimed'] as const).find((each) => givenBy(format, each).includes(path));
  return Object.fromEntries(
    FACT_FORMATS.map((format) => [format, known(format)]).filter(([, how]) => how !== undefined),
  );
}
