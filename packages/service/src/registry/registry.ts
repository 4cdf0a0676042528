import { type Clock, ConfigError, type RegistryKind, type RegistryStore } from '@assay/core';
import type { z } from 'zod';
import { ApiDocument, AppDocument } from './documents.ts';

/** How long a read document may be served from memory: an operator's change takes effect within this time. */
const CACHE_MS = 2_000;
const CACHE_ENTRIES = 10_000;

export interface Registry {
  app(iss: string, id: string): Promise<AppDocument | undefined>;
  api(iss: string, audience: string): Promise<ApiDocument | undefined>;
  /** Text of a registered policy, or undefined where only the built-in ones exist. */
  policy(iss: string, name: string): Promise<string | undefined>;
  /** Forgets what is remembered, after a write by this process. */
  forget(): void;
}

/** Reads registered documents through a short memory. Absent documents are remembered too, so that unknown names stay cheap. */
export function createRegistry(store: RegistryStore, clock: Clock): Registry {
  const memory = new Map<string, { readonly until: number; readonly json: Promise<string | undefined> }>();

  function read(iss: string, kind: RegistryKind, id: string): Promise<string | undefined> {
    const key = `${kind} ${iss} ${id}`;
    const known = memory.get(key);
    if (known !== undefined && known.until > clock()) return known.json;
    if (memory.size >= CACHE_ENTRIES) memory.clear();
    const json = store.registered(iss, kind, id).then((row) => row?.value);
    memory.set(key, { until: clock() + CACHE_MS, json });
    json.catch(() => memory.delete(key));
    return json;
  }

  async function parsed<T>(schema: z.ZodType<T>, iss: string, kind: RegistryKind, id: string): Promise<T | undefined> {
    const json = await read(iss, kind, id);
    return json === undefined ? undefined : parseDocument(schema, json, `${kind} ${id}`);
  }

  return {
    app: (iss, id) => parsed(AppDocument, iss, 'app', id),
    api: (iss, audience) => parsed(ApiDocument, iss, 'api', audience),
    policy: (iss, name) => read(iss, 'policy', name),
    forget: () => memory.clear(),
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
