import { type Clock, ConfigError, type RegistryKind, type RegistryStore } from '@assay/core';
import type { z } from 'zod';
import { createMemory } from '../memory.ts';
import { ApiDocument, AppDocument } from './documents.ts';

/** How long a read document may be served from memory: an operator's change takes effect within this time. */
const CACHE_MS = 2_000;
const CACHE_ENTRIES = 10_000;

export interface Registry {
  app(iss: string, id: string): Promise<AppDocument | undefined>;
  api(iss: string, audience: string): Promise<ApiDocument | undefined>;
  /** Forgets what is remembered, after a write by this process. */
  forget(): void;
}

/**
 * Reads registered documents through a short memory, and parses each once. Absent documents are remembered too, so that
 * unknown names stay cheap.
 */
export function createRegistry(store: RegistryStore, clock: Clock): Registry {
  const apps = createMemory<AppDocument | undefined>(clock, CACHE_MS, CACHE_ENTRIES);
  const apis = createMemory<ApiDocument | undefined>(clock, CACHE_MS, CACHE_ENTRIES);

  const read = async (iss: string, kind: RegistryKind, id: string) => (await store.registered(iss, kind, id))?.value;

  async function parsed<T>(schema: z.ZodType<T>, iss: string, kind: RegistryKind, id: string): Promise<T | undefined> {
    const json = await read(iss, kind, id);
    return json === undefined ? undefined : parseDocument(schema, json, `${kind} ${id}`);
  }

  return {
    app: (iss, id) => apps.get(`${iss} ${id}`, () => parsed(AppDocument, iss, 'app', id)),
    api: (iss, audience) => apis.get(`${iss} ${audience}`, () => parsed(ApiDocument, iss, 'api', audience)),
    forget() {
      for (const memory of [apps, apis]) memory.forget();
    },
  };
}

/** A stored document that no longer parses is the operator's to mend, never a refusal of a device. */
export function parseDocument<T>(schema: z.ZodType<T>, json: string, what: string): T {
  const result = schema.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  throw new ConfigError('service.document_invalid', `the stored ${what} is not valid`, {
    found: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    hint: 'register it again',
  });
}
