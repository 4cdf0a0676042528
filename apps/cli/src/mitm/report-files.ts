import { extname, resolve } from 'node:path';
import { type Excuse, type RunReport, toHtml, toJson, toJunit, toSarif } from '@assay/mitm';
import { expectWritable, writeWhole } from '../files.ts';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';

const CASES_URI = 'https://github.com/assay/assay/blob/main/docs/mitm-cases.md';

/** Forms of a report, by the end of the file's name. */
const FORMS: Readonly<Record<string, (report: RunReport, isExcused: Excuse) => string>> = {
  '.json': toJson,
  '.xml': toJunit,
  '.sarif': (report) => `${JSON.stringify(toSarif(report, { casesUri: CASES_URI }), undefined, 2)}\n`,
  '.html': toHtml,
};

type Form = (report: RunReport, isExcused: Excuse) => string;

/**
 * Writes every file that was asked for. That they can be written is seen before anything is run: nobody waits for a run whose
 * reports have no place.
 *
 * @throws RequestError `cli.usage`; UpstreamError `cli.file_unwritable`
 */
export function reportWriter(cwd: string, names: readonly string[]): (report: RunReport, isExcused?: Excuse) => void {
  const files = names.map((name) => ({ path: resolve(cwd, name), form: formOf(name) }));
  for (const { path } of files) expectWritable(path);
  return (report, isExcused = () => false) => {
    for (const { path, form } of files) writeWhole(path, form(report, isExcused));
  };
}

function formOf(name: string): Form {
  const form = FORMS[extname(name)];
  if (form !== undefined) return form;
  throw fault('cli.usage', {
    message: '--report has no form',
    expected: `a name that ends in ${Object.keys(FORMS).join(', ')}`,
    found: plain(name),
  });
}
