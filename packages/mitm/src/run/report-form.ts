import type { PinReport } from '../observation.ts';

/** A report's form by the members that only this form has, and where it names the host. */
const FORMS: readonly {
  readonly form: PinReport['form'];
  readonly marks: readonly string[];
  readonly hosts: readonly string[];
}[] = [
  // TrustKit, docs/report.md: the RFC's members, and who the app is.
  { form: 'trustkit', marks: ['app-bundle-id', 'validated-certificate-chain'], hosts: ['hostname', 'noted-hostname'] },
  // RFC 7469 3.
  { form: 'rfc7469', marks: ['known-pins', 'served-certificate-chain'], hosts: ['hostname', 'noted-hostname'] },
  { form: 'assay', marks: ['assay'], hosts: ['host'] },
];

const MAX_HOST = 253;

/** What kind of report a body is; anything at all is `unknown`, never an error: a client that speaks up was heard. */
export function readReport(body: Uint8Array, at: number): PinReport {
  const document = objectOf(body);
  const row = FORMS.find(({ marks }) => marks.every((mark) => Object.hasOwn(document, mark)));
  const host = (row?.hosts ?? ['hostname', 'host']).map((name) => document[name]).find(isHost);
  return { at, form: row?.form ?? 'unknown', ...(host === undefined ? {} : { host }) };
}

const isHost = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_HOST && /^[\w.:-]+$/.test(value);

function objectOf(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
