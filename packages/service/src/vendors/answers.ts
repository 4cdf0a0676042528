import { FormatError, parseStrictJson } from '@assay/formats';
import { type Reader, ShapeError } from '@assay/formats/shape';
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

/** @throws UpstreamError `service.vendor_unavailable`: a status that the vendor's documents do not have */
export function unexpectedStatus(name: string, { status }: VendorReply): never {
  throw unavailable(name, `status ${status}`);
}
