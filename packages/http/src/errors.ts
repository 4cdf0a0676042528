import { AssayError } from '@assay/core';
import type { FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { PROBLEM_MEDIA_TYPE, sendProblem } from './problems/problem.ts';
import { classify } from './problems/unexpected.ts';

/**
 * Turns every error into a problem document. `detailed` routes are for operators, who are told what was expected and what
 * to do; a device is told the class alone. A fault of ours goes to the log with its cause, never to the caller.
 */
export function registerErrors(app: FastifyInstance, { detailed }: { readonly detailed: boolean }): void {
  app.setNotFoundHandler((_, reply) => {
    const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'not_found' };
    return reply.code(404).type(PROBLEM_MEDIA_TYPE).send(problem);
  });
  app.setErrorHandler((error, request, reply) => {
    const { problem, code, isFault } = classify(error);
    if (isFault) request.log.error({ code, err: describe(error) }, 'request failed');
    const detail = detailed ? detailOf(error) : undefined;
    return sendProblem(reply, problem, detail === undefined ? {} : { detail });
  });
}

/** Name, code and stack of a fault; coded errors carry no secrets by their own rule. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'not an error' };
  const detail = error instanceof AssayError ? error.detail : {};
  return { name: error.name, message: error.message, ...detail, stack: error.stack };
}

function detailOf(error: unknown): string | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    return error.validation
      .map(({ instancePath, message }) => `${instancePath || '/'}: ${message ?? 'invalid'}`)
      .join('; ');
  }
  if (!(error instanceof AssayError) || error.family === 'upstream') return undefined;
  const { expected, found, hint } = error.detail;
  const parts = [expected && `expected ${expected}`, found && `found ${found}`, hint && `next: ${hint}`];
  return [`${error.code}: ${error.message}`, ...parts.filter((part) => part !== undefined)].join('; ');
}
