import type { PinSetRow } from '@assay/core';
import { type JsonValue, parseStrictJson } from '@assay/formats';
import { NODE_PIN_CRYPTO, type RootDocument, verifyPinSet, verifyRootDocument, walkRoots } from '@assay/pins';
import { z } from 'zod';
import { type Actor, commitChange } from './admin/act.ts';
import type { Service } from './context.ts';
import { fault } from './fault.ts';
import type { Issuer } from './issuers.ts';
import { parseDocument } from './registry/registry.ts';

/** Signed documents of one app as clients fetch them: the chain of roots, oldest first, and the newest set. */
export interface PublishedPins {
  readonly roots: readonly JsonValue[];
  readonly set: JsonValue | null;
}

const Wires = z.array(z.string());
const LIMITS = { maxBytes: 1 << 20, maxDepth: 16 };

/** What is published for an app; empty lists where nothing is. */
export async function publishedPins(service: Service, iss: string, app: string): Promise<PublishedPins> {
  const [roots, set] = await Promise.all([rootWires(service, iss, app), service.store.newestPinSet(iss, app)]);
  return { roots: roots.map(toJson), set: set === undefined ? null : toJson(set.document) };
}

/**
 * The set for a reply, when it is newer than the one that the client says it holds, and the newest roots there is room
 * for.
 */
export async function newerPins(
  service: Service,
  iss: string,
  app: string,
  held: { readonly epoch: number; readonly v: number } | undefined,
): Promise<{ readonly pins?: { readonly set: JsonValue; readonly root: JsonValue } }> {
  const newest = await service.store.newestPinSet(iss, app);
  if (newest === undefined || !isNewer(newest, held)) return {};
  const roots = await rootWires(service, iss, app);
  const room = MAX_PINS_BYTES - Buffer.byteLength(newest.document);
  return room < 0 ? {} : { pins: { set: toJson(newest.document), root: newestWithin(roots, room).map(toJson) } };
}

/** Bytes of a reply that pins may take: it must stay one that clients open. The documents' own address has no bound. */
const MAX_PINS_BYTES = 20 * 1024;

/** The newest documents that fit, oldest first. */
function newestWithin(wires: readonly string[], room: number): readonly string[] {
  let left = room;
  const tooOld = wires.findLastIndex((wire) => {
    left -= Buffer.byteLength(wire) + 1;
    return left < 0;
  });
  return wires.slice(tooOld + 1);
}

function isNewer(
  { epoch, version }: PinSetRow,
  held: { readonly epoch: number; readonly v: number } | undefined,
): boolean {
  if (held === undefined) return true;
  return epoch > held.epoch || (epoch === held.epoch && version > held.v);
}

/**
 * Takes a root document that clients will follow: the first one as it is, every later one by the root keys before it.
 * The server checks what clients check, and can sign none of it.
 *
 * @throws RequestError `service.root_refused`, `pins.*`, `service.conflict`
 */
export async function publishRoot(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  app: string,
  wire: string,
): Promise<RootDocument> {
  const { store, clock } = service;
  const stored = await store.registered(issuer.iss, 'root', app);
  const wires = stored === undefined ? [] : parseDocument(Wires, stored.value, `roots of ${app}`);
  const root = await followed(service, issuer, app, wires, wire);
  const json = JSON.stringify([...wires, wire]);
  const entry = { actor, act: 'pins.root', subject: app, detail: { version: root.v, epoch: root.epoch } };
  const written = await commitChange(service, issuer.iss, entry, (tables) =>
    tables.register(issuer.iss, 'root', app, json, stored?.version ?? 0, clock()),
  );
  if (!written) throw fault('service.conflict');
  return root;
}

async function followed(service: Service, issuer: Issuer, app: string, wires: readonly string[], wire: string) {
  const context = { app, env: issuer.env, ...NODE_PIN_CRYPTO };
  const [first, ...later] = [...wires, wire];
  const trusted = await verifyRootDocument(first ?? wire, context);
  const root = await walkRoots(trusted, later, { ...context, now: service.clock() });
  if (root.v !== trusted.v + later.length)
    throw fault('service.root_refused', { expected: `version ${trusted.v + later.length}` });
  return root;
}

/** The newest root document of an app. @throws RequestError `service.pins_refused` when none is published */
export async function newestRoot(service: Service, issuer: Issuer, app: string): Promise<RootDocument> {
  const [first, ...later] = await rootWires(service, issuer.iss, app);
  if (first === undefined) throw fault('service.pins_refused', { expected: 'a root document, published first' });
  const context = { app, env: issuer.env, ...NODE_PIN_CRYPTO };
  return walkRoots(await verifyRootDocument(first, context), later, { ...context, now: service.clock() });
}

/**
 * Publishes a pin set that clients will accept: by the pins key of the newest root document, and newer than the last.
 *
 * @throws RequestError `service.pins_refused`, `service.conflict`, `pins.*`
 */
export async function publishPinSet(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  app: string,
  wire: string,
): Promise<PinSetRow> {
  const { store, clock } = service;
  const root = await newestRoot(service, issuer, app);
  const before = await store.newestPinSet(issuer.iss, app);
  const stored = before && { epoch: before.epoch, v: before.version, hash: before.hash };
  const context = {
    app,
    env: issuer.env,
    now: clock(),
    ...NODE_PIN_CRYPTO,
    ...(stored === undefined ? {} : { stored }),
  };
  const { set, hash, isNewer } = await verifyPinSet(wire, root, context);
  if (!isNewer)
    throw fault('service.pins_refused', { expected: `a version above ${before?.version}`, found: String(set.v) });
  const row = { iss: issuer.iss, app, epoch: set.epoch, version: set.v, hash, document: wire, publishedAt: clock() };
  const detail = { epoch: row.epoch, version: row.version, hash };
  const entry = { actor, act: 'pins.publish', subject: app, detail };
  const isWritten = await commitChange(service, issuer.iss, entry, (tables) => tables.addPinSet(row));
  if (!isWritten) throw fault('service.conflict');
  return row;
}

async function rootWires(service: Service, iss: string, app: string): Promise<readonly string[]> {
  const stored = await service.store.registered(iss, 'root', app);
  return stored === undefined ? [] : parseDocument(Wires, stored.value, `roots of ${app}`);
}

function toJson(wire: string): JsonValue {
  return parseStrictJson(wire, LIMITS);
}
