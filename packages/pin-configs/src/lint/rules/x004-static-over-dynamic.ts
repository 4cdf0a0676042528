import { DYNAMIC_STACKS } from '../../stack/table.ts';
import type { Report, Rule } from '../rule.ts';
import { type App, appsOf, pinnedBy, stacksOf } from './support/apps.ts';
import { harmonyPins, KEY_1, KEY_2, KEY_3, nscPins } from './support/examples.ts';
import { code } from './support/fact-rule.ts';
import { covers, nameOf } from './support/unions.ts';

const REQUEST = code(
  'entry/src/main/ets/Net.ets',
  `http.createHttp().request('https://example.com/v1', { certificatePinning: { publicKeyHash: '${KEY_3}', hashAlgorithm: 'SHA-256' } });`,
);
const WULTRA = code('app/build.gradle', "implementation 'com.wultra.android.sslpinning:wultra-ssl-pinning:1.4.0'");

/** X004: pins that change meet pins that do not. */
export const rule: Rule = {
  id: 'X004',
  name: 'static-over-dynamic',
  severity: 'error',
  summary: "A host with pins that change at run time has pins in the platform's configuration too.",
  why: 'On HarmonyOS an active pin-set overrules certificatePinning of the request (measured on API 24). On Android and iOS both must hold, so that an update cannot bring back a host whose built-in pins have failed.',
  attacker: 'nothing',
  lockout: 'everybody, when the server moves to a key that only the update names',
  fix: 'Leave the host out of the configuration, or keep keys there that outlive the release.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [...harmonyPins([KEY_1, KEY_2]), ...REQUEST],
    [...nscPins([KEY_1, KEY_2]), ...WULTRA],
  ],
  passes: [REQUEST, harmonyPins([KEY_1, KEY_2]), nscPins([KEY_1, KEY_2]), WULTRA],
  *check(project) {
    for (const app of appsOf(project)) {
      yield* overruled(app);
      yield* doubled(app);
    }
  },
};

function* overruled(app: App): Iterable<Report> {
  const all = pinnedBy(app).filter(({ host }) => host.format === 'harmony');
  const fixed = all.filter(({ document }) => document.kind === 'harmony');
  for (const { host } of all.filter((each) => each.document.kind === 'code')) {
    const over = fixed.find((each) => covers(each.host, nameOf(host)));
    if (over === undefined) continue;
    const message = `expected no pin-set for a host with pins by request, found one in ${over.document.file} that overrules them`;
    yield { message, place: host.host.place, host: nameOf(host) };
  }
}

/** Whether the library pins the same hosts is in its own store: a warning, and one for each app. */
function* doubled(app: App): Iterable<Report> {
  const dynamic = [...stacksOf(app).values()].find(({ stack }) => DYNAMIC_STACKS.has(stack));
  const fixed = pinnedBy(app).find(({ host }) => host.format === 'nsc' || host.format === 'ats');
  if (dynamic === undefined || fixed === undefined) return;
  const message = `expected either pins that change (${dynamic.evidence}) or pins that do not, found both`;
  yield { message, place: fixed.host.host.place, host: nameOf(fixed.host), severity: 'warning' };
}
