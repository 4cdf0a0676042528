// A process of its own for driver.test.ts: appends rows of its own, and raises a counter that both processes share.
import { openSqlite } from '@assay/store';

const [path = '', iss = '', writes = '0'] = process.argv.slice(2);
const store = await openSqlite({ path });

async function raise(): Promise<void> {
  const found = await store.registered('shared', 'setting', 'count');
  if (!(await store.register('shared', 'setting', 'count', '{}', found?.version ?? 0, 0))) await raise();
}

for (let seq = 1; seq <= Number(writes); seq++) {
  const row = { iss, seq, at: seq, actor: 'a', act: 'b', subject: 's', detail: '{}', previous: '', hash: '' };
  const [appended] = await Promise.all([store.appendAudit(row), raise()]);
  if (!appended) throw new Error(`${iss} ${seq} was taken`);
}
await store.close();
