import { ABSENT, type Fact, type Facts, type ThreatName } from '@assay/core';
import fc from 'fast-check';
import { EXAMPLE_DEVICES } from '../../src/examples/devices.ts';
import { withFact } from '../../src/examples/facts.ts';
import { FACT_PATHS, FACTS, type FactPath, type FactValue } from '../../src/facts.ts';
import { GRAPHENEOS_BOOT_KEYS } from '../../src/presets/grapheneos.ts';
import { mergeThreats, provenThreats } from '../../src/signals/index.ts';

/** Values that rules tell apart, for facts that are no choice. */
const VALUES: Readonly<Partial<Record<FactPath, readonly FactValue[]>>> = {
  'app.id': ['com.example.app'],
  'app.releasedHours': [1, 48, 60, 72, 100, 168, 9000],
  'key.purposes': [[2], [7], [2, 7], []],
  'key.algorithm': ['ec-p256', 'ec-p384', 'rsa-2048', 'ml-dsa-65'],
  'device.bootKey': ['1a'.repeat(32), ...GRAPHENEOS_BOOT_KEYS.slice(0, 2).map(({ key }) => key)],
  'device.osPatch': ['2020-01', '2023-12', '2025-09', '2026-01', '2026-06', '2026-10', '2026-11'],
  'device.sdk': [28, 33, 34, 36],
  'device.labels': [[], ['basic'], ['basic', 'device'], ['basic', 'device', 'strong'], ['virtual']],
  'chain.certificatesIssued': [1, 100, 130, 300, 600],
  'runtime.accessRisk': [[], ['known_capturing'], ['unknown_controlling'], ['known_installed', 'unknown_overlays']],
  'runtime.activityLevel': [1, 2, 3, 4],
  'runtime.deviceBits': [[], ['bit0'], ['bit1']],
  'history.freshHours': [0, 24, 800],
  'history.riskMetric': [1, 20, 40, 100],
  'history.silentProviders': [[], ['freerasp']],
  'history.advisories': [[], ['ASSAY-2026-001']],
};

const valuesOf = (path: FactPath): readonly FactValue[] => {
  const { type, values } = FACTS[path];
  if (type === 'boolean') return [true, false];
  return VALUES[path] ?? (type === 'choice' ? (values ?? []) : []);
};

/** Platform and evidence stay as the device has them: other facts are of them. */
const PATHS = FACT_PATHS.filter(
  (path) => path !== 'platform' && path !== 'evidence' && !path.startsWith('threats.') && valuesOf(path).length > 0,
);

interface Change {
  readonly path: FactPath;
  readonly fact: Fact<FactValue>;
}

/** How well this device's evidence, or the server, can make a fact known. */
function knownOn({ evidence }: Facts, path: FactPath): 'proven' | 'claimed' | undefined {
  const sources = Object.entries(FACTS[path].sources).filter(
    ([format]) => evidence.includes(format) || format === 'server',
  );
  if (sources.some(([, known]) => known === 'proven')) return 'proven';
  return sources.length > 0 ? 'claimed' : undefined;
}

function someChange(device: Facts): fc.Arbitrary<Change> {
  const paths = PATHS.filter((path) => knownOn(device, path) !== undefined);
  return fc.constantFrom(...paths).chain((path) => {
    const known = knownOn(device, path) ?? 'claimed';
    const value = fc.constantFrom(...valuesOf(path));
    return fc.record({
      path: fc.constant(path),
      fact: fc.oneof(
        { weight: 5, arbitrary: value.map((each): Fact<FactValue> => ({ known, value: each, by: 'x' })) },
        { weight: 1, arbitrary: value.map((each): Fact<FactValue> => ({ known: 'claimed', value: each, by: 'x' })) },
        { weight: 1, arbitrary: fc.constant(ABSENT) },
      ),
    });
  });
}

const HINTS: readonly ThreatName[] = [
  'hooks',
  'root',
  'debugger',
  'automation',
  'emulator',
  'cloned',
  'no_passcode',
  'adb',
  'vpn',
];

/** Devices of every kind, good and bad: a typical one, some of its facts changed, some hints raised. */
export const someFacts: fc.Arbitrary<Facts> = fc.constantFrom(...Object.values(EXAMPLE_DEVICES)).chain((device) =>
  fc
    .record({
      changes: fc.array(someChange(device), { maxLength: 4 }),
      hints: fc.uniqueArray(fc.constantFrom(...HINTS), { maxLength: 3 }),
      degraded: fc.oneof(
        { weight: 9, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constant(['play_unavailable']) },
      ),
    })
    .map(({ changes, hints, degraded }) => {
      const base: Facts = { ...device, threats: {}, degraded };
      const facts = changes.reduce((each, { path, fact }) => withFact(each, path, fact), base);
      const raised = Object.fromEntries(hints.map((name) => [name, { known: 'claimed', value: true, by: 'freerasp' }]));
      return { ...facts, threats: mergeThreats(provenThreats(facts), raised) };
    }),
);
