import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Driver } from '../../src/driver.ts';
import { migrate } from '../../src/schema/migrate.ts';
import { MIGRATIONS } from '../../src/schema/migrations.ts';
import { ORDER_SQL } from '../../src/tables/orders.ts';
import { RECEIPT_SQL } from '../../src/tables/receipts.ts';
import { REVIEW_SQL } from '../../src/tables/reviews.ts';
import { countPlaceholders, text } from '../../src/values.ts';
import { type Database, SQLITE } from '../engines.ts';

/** Statements that run on every request, or over a million rows: each finds its place by all that its index holds. */
const PLANS: readonly (readonly [name: string, sql: string, plan: RegExp])[] = [
  ['a page of facts', REVIEW_SQL.behind, /INDEX appraisal_time \(iss=\? AND \(at,id\)>\(\?,\?\) AND at<\?\)/],
  ['a page of facts of an app', REVIEW_SQL.behindOfApp, /INDEX appraisal_app_time \(iss=\? AND \(app,at,id\)>/],
  ['the newest appraisal', REVIEW_SQL.newestOf, /COVERING INDEX appraisal_instance \(iss=\? AND jkt=\?\)/],
  ['orders', ORDER_SQL.forTargets, /INDEX operator_order_target \(iss=\? AND target=\? AND value=\?\)/],
  ['receipts that are due', RECEIPT_SQL.due, /INDEX receipt_next \(iss=\? AND next_at>\? AND next_at<\?\)/],
];

describe('SQLite finds by an index', () => {
  let database: Database;
  let driver: Driver;
  before(async () => {
    database = await SQLITE.createDatabase();
    driver = await database.openDriver();
    await migrate(driver, MIGRATIONS);
  });
  after(async () => {
    await driver.close();
    await database.drop();
  });

  for (const [name, sql, plan] of PLANS) {
    it(name, async () => {
      const values = Array<null>(countPlaceholders(sql)).fill(null);
      const steps = await driver.committed.query(`explain query plan ${sql}`, values);
      assert.match(steps.map((step) => text(step, 'detail')).join('\n'), plan);
    });
  }
});
