import { join } from 'node:path';
import type { Speech } from '../speech.ts';
import { BANK, SHOP } from './demo-app.ts';
import { type DemoServer, ENVIRONMENT, OPERATOR_TOKEN, policyFile, REHEARSED, TENANT } from './demo-server.ts';
import { PINS_PATH } from './pins-page.ts';
import type { Scene } from './play.ts';

/** `assay` as this reader can call it: from a checkout through npm, from an installation by name. */
const ASSAY = import.meta.filename.endsWith('.ts') ? 'npm run -s assay --' : 'assay';

/** What the suggestions name. */
type Suggested = Pick<DemoServer, 'trustFiles' | 'operatorUrl' | 'apiOrigin'>;

interface Suggestion {
  readonly text: string;
  readonly steps: readonly Step[];
}

/** A command ready to paste, or an address; where there are several, with what each is for. */
type Step = readonly [command: string, about?: string];

/** The next things to try: commands ready to paste into a second terminal, and a page. */
export function suggest({ out, paint }: Speech, demo: Suggested, data: string, scenes: readonly Scene[]): void {
  out();
  out(`  ${paint('bold', 'Next, in a second terminal:')}`);
  for (const [index, { text, steps }] of suggestions(demo, data, scenes).entries()) {
    out();
    out(`  ${index + 1}. ${text}`);
    for (const [command, about] of steps) {
      if (about !== undefined) out(paint('dim', `   · ${about}`));
      out(`     ${command}`);
    }
  }
  out();
  out(paint('dim', '  The phones go on. Ctrl-C stops everything.'));
  out();
}

function suggestions(demo: Suggested, data: string, scenes: readonly Scene[]): readonly Suggestion[] {
  const { testRoots, statusList } = demo.trustFiles;
  const evidence = quoted(join(data, 'evidence/unlocked-bootloader.json'));
  const place = placeOf(demo, data);
  return [
    { text: 'Call the API without the app', steps: [[`curl -i ${demo.apiOrigin}${BANK.route}`]] },
    {
      text: "Take a forged phone's evidence apart, check by check",
      steps: [
        [`${ASSAY} evidence verify ${evidence} --trust ${quoted(testRoots)} --status-list ${quoted(statusList)}`],
      ],
    },
    {
      text: 'See what a support code stands for',
      steps: [[`${ASSAY} device show ${codeOf(scenes, 'refused')} ${place}`]],
    },
    {
      text: `Rehearse a policy: whom of the shop's devices would the preset \`${REHEARSED}\` have refused, and why?`,
      steps: [[`${ASSAY} policy simulate ${fileOf(data, REHEARSED)} --app ${SHOP.id} ${place}`]],
    },
    {
      text: 'Change something: at the next turns the lines above and the live page tell what is not as before',
      steps: changes(place, fileOf(data, SHOP.policy), codeOf(scenes, 'passed')),
    },
    {
      text: 'Paste a certificate chain or a configuration: its pins, what is wrong with it, and its form on every platform',
      steps: [[`${demo.operatorUrl}${PINS_PATH}`]],
    },
  ];
}

/** What an operator does while phones call. */
function changes(place: string, file: string, code: string): readonly Step[] {
  const why = "--for 5m --reason 'a try'";
  return [
    [`${ASSAY} app rollout ${SHOP.id} monitor ${place}`, "the shop's policy refuses nobody"],
    [`${ASSAY} app rollout ${SHOP.id} enforce ${place}`, 'it refuses again'],
    [`${ASSAY} policy apply ${file} ${place}`, 'it is another one, once you have changed the file'],
    [`${ASSAY} ban add --model 'Test Phone A2' ${why} ${place}`, 'a model is banned for a while'],
    [`${ASSAY} ban add --code ${code} ${why} ${place}`, 'an install is banned, and its code tells'],
    [`${ASSAY} device show ${code} ${place}`],
  ];
}

/** Where the demo's server is, and how it knows its operator. */
function placeOf({ operatorUrl }: Suggested, data: string): string {
  const credential = quoted(join(data, OPERATOR_TOKEN));
  return `--server ${operatorUrl} --issuer ${TENANT}/${ENVIRONMENT} --credential-file ${credential}`;
}

const fileOf = (data: string, policy: string): string => quoted(policyFile(data, policy));

/** The support code of the first whom the server refused, or let in. */
function codeOf(scenes: readonly Scene[], outcome: 'passed' | 'refused'): string {
  const isMeant = ({ passed, by }: Scene) => passed === (outcome === 'passed') && by === undefined;
  const scene = scenes.find((each) => isMeant(each) && each.support !== undefined);
  return quoted(scene?.support ?? 'CODE');
}

/** A path or a support code, whose last sign may be `* ~ $ =`, as a POSIX shell reads it back. */
function quoted(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
