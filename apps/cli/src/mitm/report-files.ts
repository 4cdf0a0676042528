import { extname, resolve } from 'node:path';
import { type RunReport, toHtml, toJson, toJunit, toSarif } from '@assay/mitm';
import { writeWhole } from '../files.ts';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';

const CASES_URI = 'https://github.com/assay/assay/blob/main/docs/mitm-cases.md';

/** Forms of a report, by the end of the file's name. */
const FORMS: Readonly<Record<string, (report: RunReport) => string>> = {
  '.json': toJson,
  '.xml': toJunit,
  '.sarif': (report) => `${JSON.stringify(toSarif(report, { casesUri: CASES_URI }), undefined, 2)}\n`,
  '.html': toHtml,
};

/** Writes every file that was asked for; the forms are known before anything is run. @throws RequestError `cli.usage` */
export function reportWriter(cwd: string, names: readonly string[]): (report: RunReport) => void {
  const files = names.map((name) => ({ path: resolve(cwd, name), form: formOf(name) }));
  return (report) => {
    for (const { path, form } of files) writeWhole(path, form(report));
  };
}

function formOf(name: string): (report: RunReport) => string {
  const form = FORMS[extname(name)];
  if (form !== undefined) return form;
  throw fault('cli.usage', {
    message: '--report has no form',
    expected: `a name that ends in ${Object.keys(FORMS).join(', ')}`,
    found: plain(name),
  });
}
