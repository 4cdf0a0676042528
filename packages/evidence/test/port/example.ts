/** The example of docs/evidence-port.md, as a module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvidenceFormat, formatOfModule } from '../../src/index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/evidence-port.md'), 'utf8');

export const EXAMPLE_SOURCE: string = /^```js\n(.*?)^```/ms.exec(PAGE)?.[1] ?? '';

export async function loadExample(source: string = EXAMPLE_SOURCE): Promise<EvidenceFormat> {
  return formatOfModule(await import(`data:text/javascript,${encodeURIComponent(source)}`));
}
