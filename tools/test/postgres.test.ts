import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ROOT } from '../command.ts';
import { serverAccount } from '../postgres/account.ts';
import { startPostgres } from '../postgres/start.ts';
import { type Connection, databaseEnv } from '../postgres/testing.ts';

const run = promisify(execFile);

describe('throw-away PostgreSQL', () => {
  it('keeps what was committed through a power cut, and leaves nothing behind', async () => {
    const server = await startPostgres({ durable: true });
    try {
      await query(server.connection, 'create table kept (n integer)', 'insert into kept values (7)');
      await server.kill();
      await assert.rejects(query(server.connection, 'select 1'));
      await server.restart();
      assert.deepEqual(await query(server.connection, 'select n from kept'), [{ n: 7 }]);
    } finally {
      await server.stop();
    }
    assert.equal(existsSync(server.connection.host), false);
  });

  it('goes when its owner is killed', async () => {
    const host = await ownerKilled();
    for (let i = 0; i < 200 && existsSync(host); i += 1) await sleep(50);
    assert.equal(existsSync(host), false);
  });

  it('never runs as root', () => {
    assert.notEqual(serverAccount(0)?.uid, 0);
    assert.equal(serverAccount(1000), undefined);
  });
});

/** Asks from a program of its own, which finds the server by its environment as ours does. */
async function query(connection: Connection, ...statements: readonly string[]): Promise<unknown> {
  const script = `const { default: postgres } = await import('postgres');
    const sql = postgres(process.env.DATABASE_URL, { max: 1, connect_timeout: 5 });
    let rows;
    for (const statement of ${JSON.stringify(statements)}) rows = await sql.unsafe(statement);
    console.log(JSON.stringify(rows));
    await sql.end();`;
  const env = { ...process.env, ...databaseEnv(connection, 'postgres') };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env,
    cwd: `${ROOT}/packages/store`,
  });
  return JSON.parse(stdout);
}

/** Starts a server in another process, kills that process, and returns the server's folder. */
async function ownerKilled(): Promise<string> {
  const script = `const { startPostgres } = await import(${JSON.stringify(`${ROOT}/tools/postgres/start.ts`)});
    console.log((await startPostgres({ durable: false })).connection.host);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [host] = await once(createInterface({ input: owner.stdout }), 'line');
  assert.ok(existsSync(host));
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  return host;
}
