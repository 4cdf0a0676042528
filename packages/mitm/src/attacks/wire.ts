import { decodeUtf8, parseBase64url, utf8 } from '@assay/formats';

/** Headers as they were sent: in order, repeated ones repeated, names in the sender's case. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A decrypted request, as the interceptor holds it. */
export interface WireRequest {
  /** Lower case, as named by the client's connection. */
  readonly host: string;
  readonly method: string;
  /** The request target, byte for byte. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/** A request with what came back, after whatever the interceptor did to both. */
export interface Captured {
  readonly request: WireRequest;
  readonly answer: WireAnswer;
}

const isNamed =
  (name: string) =>
  ([each]: readonly [string, string]): boolean =>
    each.toLowerCase() === name;

/** The first value of a header; the name is given in lower case. */
export function headerOf({ headers }: { readonly headers: HeaderList }, name: string): string | undefined {
  return headers.find(isNamed(name))?.[1];
}

/** The same message with one header of that name, or none. */
export function withHeader<T extends { readonly headers: HeaderList }>(message: T, name: string, value?: string): T {
  const others = message.headers.filter((header) => !isNamed(name)(header));
  return { ...message, headers: value === undefined ? others : [...others, [name, value]] };
}

/** The same message with another header beside those that it has. */
export function addHeader<T extends { readonly headers: HeaderList }>(message: T, name: string, value: string): T {
  return { ...message, headers: [...message.headers, [name, value]] };
}

/** The same message with another body; lengths are written anew when it is sent. */
export function withText<T extends { readonly body: Uint8Array }>(message: T, text: string): T {
  return { ...message, body: utf8(text) };
}

export function textOf({ body }: { readonly body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}

export type Members = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none for anything else. */
export function membersOf(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : {};
  } catch {
    return {};
  }
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The payload of a compact JWS as anybody can read it: nothing of it is verified. */
export function payloadOf(jws: string): Members {
  const [, payload = ''] = jws.split('.');
  try {
    return membersOf(decodeUtf8(parseBase64url(payload)));
  } catch {
    return {};
  }
}

/** The member of this name where it is text. */
export function textIn(members: Members, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}

/** The member of this name where it is an object. */
export function membersIn(members: Members, name: string): Members {
  const value = members[name];
  return isMembers(value) ? value : {};
}
