import { Readable } from 'node:stream';
import type { AppraisedFacts } from '@assay/core';
import {
  disagreementsOf,
  type FactsWish,
  factsOf,
  type Issuer,
  replayAppraisal,
  type Service,
  toStreamed,
} from '@assay/service';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput } from '../fault.ts';
import { sendProblem } from '../problems/problem.ts';
import { actorOf, audited, issuerOf } from './acts.ts';
import { createGate, type Gate } from './gate.ts';
import { PATH, PlaceParams, RowId, RowParams } from './place.ts';

const Time = z.coerce.number().int().min(0).max(8_640_000_000_000_000);
const Window = { from: Time.describe('Epoch milliseconds, inclusive'), to: Time.describe('Exclusive') };
const App = z.string().max(155).optional();
const MAX_ROWS = 1_000_000;

const FactsQuery = z.strictObject({
  ...Window,
  app: App,
  after: RowId.optional().describe('Id of a row to go on behind'),
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(MAX_ROWS),
});

export const NDJSON = 'application/x-ndjson';

/** Stored decisions, looked at again: as facts to simulate with, beside shadows, and one by one. */
export function registerReview(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const [streams, counts] = [createGate(2), createGate(1)];

  app.get(`${PATH}/facts`, {
    config: { scope: 'read' },
    // It would read every row to say nothing of them, and go on after its caller has left.
    exposeHeadRoute: false,
    schema: {
      ...{
        summary: 'Facts and verdicts of appraisals, oldest first, one JSON document a line; absent facts are left out',
        tags: ['review'],
      },
      ...{ params: PlaceParams, querystring: FactsQuery },
    },
    handler: async (request, reply) => {
      const issuer = issuerOf(service, request.params);
      const { from, to, app, after, limit } = request.query;
      await audited(service, issuer, request, 'facts.read', app ?? '*', { from, to });
      const wish = {
        from,
        to,
        max: limit,
        ...(app === undefined ? {} : { app }),
        ...(after === undefined ? {} : { after }),
      };
      return sendFacts({ service, issuer, gate: streams }, wish, reply);
    },
  });

  app.get(`${PATH}/disagreements`, {
    config: { scope: 'read' },
    schema: {
      ...{ summary: 'Where watched policies differ from those in force', tags: ['review'], params: PlaceParams },
      querystring: z.strictObject({ ...Window, app: App }),
    },
    handler: async ({ params, query }, reply) => {
      const leave = counts.enter();
      if (leave === undefined) return sendProblem(reply, 'overloaded');
      return disagreementsOf(service, issuerOf(service, params), query).finally(leave);
    },
  });

  app.post(`${PATH}/appraisals/:id/replay`, {
    config: { scope: 'evidence' },
    schema: { summary: 'Make a stored decision again, and compare', tags: ['review'], params: RowParams },
    handler: async (request) => {
      const { params } = request;
      const issuer = issuerOf(service, params);
      return asInput(() => replayAppraisal(service, actorOf(request), issuer, params.id));
    },
  });
}

interface Streaming {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly gate: Gate;
}

/** Rows are read as fast as they are taken. A fault in the middle breaks the connection off: half of it never looks whole. */
function sendFacts({ service, issuer, gate }: Streaming, wish: FactsWish, reply: FastifyReply): FastifyReply {
  const leave = gate.enter();
  if (leave === undefined) return sendProblem(reply, 'overloaded');
  const stream = Readable.from(linesOf(factsOf(service, issuer, wish)));
  stream.once('close', leave);
  return reply.type(NDJSON).header('cache-control', 'no-store').send(stream);
}

async function* linesOf(rows: AsyncIterable<AppraisedFacts>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(toStreamed(row))}\n`;
}
