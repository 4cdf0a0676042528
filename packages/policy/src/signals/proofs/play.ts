import { type Facts, provenValue, type ThreatName } from '@assay/core';
import { PLAY, type ProofRow, proves } from './row.ts';

const hasLabel = ({ device }: Facts, label: 'strong' | 'virtual'): boolean =>
  provenValue(device.labels)?.includes(label) ?? false;

/** Undefined where Play did not look, or nobody verified that it did. */
const seesAccess = ({ runtime }: Facts, kind: string): boolean | undefined =>
  provenValue(runtime.accessRisk)?.some((each) => each.endsWith(`_${kind}`));

const accessRow = (threat: ThreatName, kind: string, may: string): readonly ProofRow[] => [
  {
    ...proves(threat, true, PLAY),
    holds: (facts) => seesAccess(facts, kind) === true,
    when: `Play's app access risk names \`known_${kind}\` or \`unknown_${kind}\``,
    means: `An app that may ${may} was running, by Google's word. Not that it did. \`known_\` apps come from Play or the maker; a rule that minds only the others looks at \`runtime.accessRisk\`.`,
  },
  {
    ...proves(threat, false, PLAY),
    holds: (facts) => seesAccess(facts, kind) === false,
    when: `Play's app access risk was evaluated and names no \`${kind}\``,
    means: `Google saw no running app that may ${may}. Verified accessibility services are never counted.`,
  },
];

/** What Google says of the device, the app and its surroundings. */
export const PLAY_PROOFS: readonly ProofRow[] = [
  {
    ...proves('root', false, PLAY),
    holds: (facts) => hasLabel(facts, 'strong'),
    when: 'Play gives the label `strong`',
    means:
      'Google checked a hardware-backed proof of a verified boot. `device` alone rests on software on older systems and proves nothing here; the absence of labels has many reasons and proves nothing either.',
  },
  {
    ...proves('emulator', true, PLAY),
    holds: (facts) => hasLabel(facts, 'virtual'),
    when: 'Play gives the label `virtual`',
    means: 'An Android in a virtual machine that Google approves, such as games on a computer.',
  },
  {
    ...proves('repackaged', false, PLAY),
    holds: ({ app }) => provenValue(app.recognition) === 'recognized',
    when: '`app.recognition` is proven `recognized`',
    means: 'Google Play distributes these bytes under this package and certificate.',
  },
  {
    ...proves('unofficial_store', true, PLAY),
    holds: ({ app }) => provenValue(app.licensing) === 'unlicensed',
    when: '`app.licensing` is proven `unlicensed`',
    means: 'The account did not get the app from Google Play. Where you also publish elsewhere, that is no threat.',
  },
  {
    ...proves('unofficial_store', false, PLAY),
    holds: ({ app }) => provenValue(app.licensing) === 'licensed' && provenValue(app.recognition) === 'recognized',
    when: '`app.licensing` is proven `licensed` and `app.recognition` `recognized`',
    means:
      "The account has the app from Google Play and runs Play's bytes. A licence alone would not say where this copy came from.",
  },
  ...accessRow('screen_recording', 'capturing', 'view the screen'),
  ...accessRow('remote_control', 'controlling', 'control the device'),
  ...accessRow('overlay', 'overlays', 'draw over others'),
  {
    ...proves('malware', true, PLAY),
    holds: ({ runtime }) => ['medium_risk', 'high_risk'].includes(provenValue(runtime.playProtect) ?? ''),
    when: '`runtime.playProtect` is proven `medium_risk` or `high_risk`',
    means:
      'Play Protect found apps that it calls harmful, somewhere on the device. Refusing `high_risk` has cost others some 14 % of devices that pass all else: watch before you refuse.',
  },
  {
    ...proves('malware', false, PLAY),
    holds: ({ runtime }) => provenValue(runtime.playProtect) === 'no_issues',
    when: '`runtime.playProtect` is proven `no_issues`',
    means: 'Play Protect is on and found nothing. `no_data` and `possible_risk` (it is off) say nothing.',
  },
];
