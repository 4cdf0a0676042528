import { extname, resolve } from 'node:path';
import { type AttackReport, toDocument, toHtml, toJunit } from '@assay/mitm/attacks';
import { expectWritable, writeWhole } from '../../files.ts';
import { fault } from '../../reasons.ts';

/** Forms of a report, by the end of the file's name. */
const FORMS: Readonly<Record<string, (report: AttackReport) => string>> = {
  '.json': (report) => `${JSON.stringify(toDocument(report), undefined, 2)}\n`,
  '.html': toHtml,
  '.xml': toJunit,
};

export interface ReportFile {
  readonly path: string;
  readonly write: (report: AttackReport) => void;
}

/** Known before anything is tried. @throws RequestError `cli.usage`; UpstreamError `cli.file_unwritable` */
export function reportFiles(cwd: string, names: readonly string[]): readonly ReportFile[] {
  return names.map((name) => {
    const path = resolve(cwd, name);
    const form = FORMS[extname(name)];
    if (form === undefined) {
      throw fault('cli.usage', {
        message: '--report has no form',
        expected: Object.keys(FORMS).join(', '),
        found: name,
      });
    }
    expectWritable(path);
    return { path, write: (report) => writeWhole(path, form(report)) };
  });
}
