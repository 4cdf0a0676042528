import type { CaseResult } from '@assay/mitm';
import { plain, type Speech } from '../speech.ts';

/** A command that is cut short reproduces nothing. */
const MOST = 4_000;

/** A label and what it stands for, beneath the line of a case. */
export function row(speech: Speech, label: string, text: string): void {
  speech.out(`      ${speech.paint('dim', label.padEnd(9))} ${plain(text, MOST)}`);
}

/** Some runtimes begin with what went wrong, others end with it: what is cut out of long output is its middle. */
const ENDS = [80, 120] as const;

/** How the client ended and what it said, for whom its user would see. */
export function userSees({ status, stdout, stderr }: NonNullable<CaseResult['observation']['exit']>): string {
  const said = plain(stderr === '' ? stdout : stderr, MOST);
  const [first, last] = ENDS;
  const shown = said.length <= first + last ? said : `${said.slice(0, first)} … ${said.slice(-last)}`;
  return `exit ${status}${said === '' ? ', not a word' : `: ${shown}`}`;
}
