import { MIGRATE_SQL } from '../src/schema/migrate.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { ACCEPT_SQL } from '../src/tables/accept.ts';
import { APPRAISAL_SQL } from '../src/tables/appraisals.ts';
import { AUDIT_SQL } from '../src/tables/audit.ts';
import { CREDENTIAL_SQL } from '../src/tables/credentials.ts';
import { DELIVERY_SQL } from '../src/tables/deliveries.ts';
import { GRANT_SQL } from '../src/tables/grants.ts';
import { PING_SQL } from '../src/tables/index.ts';
import { INSTANCE_SQL } from '../src/tables/instances.ts';
import { KEY_SQL } from '../src/tables/keys.ts';
import { ORDER_SQL } from '../src/tables/orders.ts';
import { PIN_SQL } from '../src/tables/pins.ts';
import { POLICY_SQL } from '../src/tables/policies.ts';
import { PROPOSAL_SQL } from '../src/tables/proposals.ts';
import { RECEIPT_SQL } from '../src/tables/receipts.ts';
import { REDEMPTION_SQL } from '../src/tables/redemptions.ts';
import { REGISTRY_SQL } from '../src/tables/registry.ts';
import { REJECTION_SQL } from '../src/tables/rejections.ts';
import { RETENTION_SQL } from '../src/tables/retention.ts';
import { REVIEW_SQL } from '../src/tables/reviews.ts';
import { SEALED_SQL } from '../src/tables/sealed.ts';
import { SECRET_SQL } from '../src/tables/secrets.ts';
import { TRUST_COPY_SQL } from '../src/tables/trust-copies.ts';
import { VENDOR_SQL } from '../src/tables/vendors.ts';

const { create, ...migrate } = MIGRATE_SQL;

/** Every statement that changes the schema. */
export const DDL: readonly string[] = [create, ...MIGRATIONS.flatMap(({ statements }) => statements)];

/** Every other statement, by the file that holds it. */
export const DML: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  migrate,
  accept: ACCEPT_SQL,
  appraisals: APPRAISAL_SQL,
  audit: AUDIT_SQL,
  credentials: CREDENTIAL_SQL,
  deliveries: DELIVERY_SQL,
  grants: GRANT_SQL,
  index: { ping: PING_SQL },
  instances: INSTANCE_SQL,
  keys: KEY_SQL,
  orders: ORDER_SQL,
  pins: PIN_SQL,
  policies: POLICY_SQL,
  proposals: PROPOSAL_SQL,
  receipts: RECEIPT_SQL,
  redemptions: REDEMPTION_SQL,
  registry: REGISTRY_SQL,
  rejections: REJECTION_SQL,
  retention: RETENTION_SQL,
  reviews: REVIEW_SQL,
  sealed: SEALED_SQL,
  secrets: SECRET_SQL,
  'trust-copies': TRUST_COPY_SQL,
  vendors: VENDOR_SQL,
};
