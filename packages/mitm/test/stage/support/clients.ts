import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ClientRequestArgs } from 'node:http';
import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import * as tls from 'node:tls';
import { CA, HOST, PATH } from './world.ts';

/** Says octets to the stage by hand, and collects what comes back. */
export class Wire {
  readonly socket: Socket;
  #read = Buffer.alloc(0);
  #wake = (): void => {};

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (octets) => {
      this.#read = Buffer.concat([this.#read, octets]);
    });
    this.socket.on('error', () => {});
    for (const event of ['data', 'end', 'close']) this.socket.on(event, () => this.#wake());
  }

  say(octets: string | Uint8Array): this {
    this.socket.write(octets);
    return this;
  }

  /** The next `count` octets, or fewer where the stage ends before. */
  async hear(count: number): Promise<Buffer> {
    while (this.#read.length < count && !this.socket.readableEnded && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const heard = this.#read.subarray(0, count);
    this.#read = this.#read.subarray(count);
    return heard;
  }

  /** Everything until the stage ends. */
  hearAll(): Promise<Buffer> {
    return this.hear(Number.MAX_SAFE_INTEGER);
  }

  /** As text, up to an empty line. */
  async hearHead(): Promise<string> {
    let head = '';
    while (!head.endsWith('\r\n\r\n')) {
      const octet = await this.hear(1);
      if (octet.length === 0) break;
      head += octet.toString('latin1');
    }
    return head;
  }

  end(): void {
    this.socket.destroy();
  }
}

export async function openConnect(port: number, target = `${HOST}:443`): Promise<Wire> {
  const wire = new Wire(port).say(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const head = await wire.hearHead();
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head.split('\r\n')[0]);
  return wire;
}

/** A TLS client over an open wire. Resolves when its side of the handshake is over; rejects where it refuses. */
export async function secure(wire: Wire, options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
  const socket = tls.connect({ socket: wire.socket, servername: HOST, ca: CA, ...options });
  await once(socket, 'secureConnect');
  socket.on('error', () => {});
  return socket;
}

/** What it came to: the answer, or the code of the error. */
export interface Answer {
  readonly status?: number | undefined;
  readonly headers?: NodeJS.Dict<string | string[]>;
  readonly body?: string;
  readonly error?: string | undefined;
}

/** One request by node:https over an open wire. */
export async function ask(wire: Wire, options: ClientRequestArgs & tls.ConnectionOptions = {}): Promise<Answer> {
  try {
    const socket = await secure(wire, options);
    return await askOver(socket, options);
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}

export function askOver(socket: tls.TLSSocket, options: ClientRequestArgs = {}, body = ''): Promise<Answer> {
  return new Promise((resolve) => {
    const asked = request({
      ...{ host: HOST, path: PATH, createConnection: () => socket, ...options },
    });
    asked.on('error', (error) => resolve({ error: 'code' in error ? String(error.code) : error.message }));
    asked.on('response', async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
    asked.end(body);
  });
}

export const hasCurl: boolean = spawnSync('curl', ['--version']).status === 0;

export interface Exit {
  readonly status: number;
  readonly stdout: string;
}

/** Runs curl without a configuration of its user's; `{ca}` stands for the file of the authority. */
export async function curl(t: TestContext, ...words: readonly string[]): Promise<Exit> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-stage-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, CA);
  const args = ['-q', '-sS', '--max-time', '10', ...words.map((word) => word.replace('{ca}', ca))];
  return await new Promise((resolve) => {
    execFile('curl', args, { env: { PATH: process.env['PATH'] } }, (error, stdout) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout });
    });
  });
}
