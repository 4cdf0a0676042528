import { FormatError, parseStrictJson } from '@assay/formats';
import { type Reader, ShapeError } from '@assay/formats/shape';
import { fault } from '../fault.ts';
import { unavailable, type VendorReply } from './endpoint.ts';

/**
 * The body as JSON of a shape. A vendor that answers otherwise counts as one that is not there: what it meant is not guessed.
 *
 * @throws UpstreamError `service.vendor_unavailable`
 */
export function readAnswer<T>(name: string, reply: VendorReply, read: Reader<T>): T {
  if (reply.contentType !== 'application/json') throw unavailable(name, 'another content type', 'application/json');
  return readJson(name, reply, read);
}

/**
 * As {@link readAnswer}, where the vendor's documents name no content type.
 *
 * @throws UpstreamError `service.vendor_unavailable`
 */
export function readJson<T>(name: string, { body }: Pick<VendorReply, 'body'>, read: Reader<T>): T {
  try {
    return read(parseStrictJson(body, { maxDepth: 10 }), '$');
  } catch (error) {
    if (error instanceof FormatError) throw unavailable(name, error.code, 'JSON');
    // Of a misfit the path and what was expected are told, never what was there.
    if (error instanceof ShapeError) throw unavailable(name, 'another answer', error.message);
    throw error;
  }
}

/** Statuses that are about what was sent: of that, only the token is the client's. */
const ABOUT_TOKEN: ReadonlySet<number> = new Set([400, 413, 422]);

/**
 * That the vendor took the token. A refusal of the token must not pass for an outage: whoever could bring one about would
 * choose when a policy makes do without the vendor.
 *
 * @throws EvidenceError `service.vendor_refused_token`
 */
export function assertTaken(name: string, { status }: VendorReply): void {
  if (ABOUT_TOKEN.has(status)) throw fault('service.vendor_refused_token', { found: `${name}: status ${status}` });
}

/** @throws UpstreamError `service.vendor_unavailable`: a status that the vendor's documents do not have */
export function unexpectedStatus(name: string, { status }: VendorReply): never {
  throw unavailable(name, `status ${status}`);
}
