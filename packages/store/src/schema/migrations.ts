/**
 * The schema, in the portable subset (docs/decisions/0003-storage.md). Forward only: a migration that has left the
 * house is never edited, a new one is added. Types are `text` and `bigint` alone; each engine puts in its own words.
 */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly statements: readonly string[];
}

const INITIAL: Migration = {
  id: 1,
  name: 'initial',
  statements: [
    `create table instance (
      iss text not null, jkt text not null, app text not null, format text not null,
      attested_key text not null, attested_spki text not null, lineage text not null,
      status text not null check (status in ('active', 'superseded', 'revoked', 'banned')),
      counter bigint not null check (counter >= 0 and counter <= 4294967295),
      environment text, vat bigint not null, fat bigint not null, created_at bigint not null, facts text not null,
      primary key (iss, jkt))`,
    // An attested key belongs to one lineage for ever: also when a rekey hands it on to a new instance.
    `create table attested_key (
      iss text not null, app text not null, format text not null, attested_key text not null, lineage text not null,
      primary key (iss, app, format, attested_key))`,
    `create table instance_serial (
      iss text not null, serial_hmac text not null, jkt text not null,
      primary key (iss, serial_hmac, jkt),
      foreign key (iss, jkt) references instance (iss, jkt))`,
    `create table appraisal (
      iss text not null, id text not null, support text not null, app text not null,
      purpose text not null check (purpose in ('enrol', 'refresh', 'rekey', 'step_up')),
      at bigint not null, jkt text not null, lineage text not null, format text not null, platform text,
      request_hash text not null, facts text not null, verdict text not null, checks text not null, record text not null,
      primary key (iss, id),
      unique (iss, support),
      foreign key (iss, jkt) references instance (iss, jkt))`,
    `create table redemption (
      iss text not null, challenge_hash text not null, request_hash text not null, appraisal_id text not null,
      reissues bigint not null, expires_at bigint not null,
      primary key (iss, challenge_hash))`,
    'create index redemption_end on redemption (expires_at)',
    `create table retained_evidence (
      iss text not null, appraisal_id text not null, sealed text not null, ends_at bigint not null,
      primary key (iss, appraisal_id),
      foreign key (iss, appraisal_id) references appraisal (iss, id))`,
    'create index retained_evidence_end on retained_evidence (ends_at)',
    `create table delivery (
      iss text not null, lineage text not null, secret text not null, version bigint not null, day text not null,
      times bigint not null,
      primary key (iss, lineage, secret, version, day))`,
    'create index delivery_day on delivery (day)',
    `create table rejection_count (
      iss text not null, hour bigint not null, app text not null, code text not null, times bigint not null,
      primary key (iss, hour, app, code))`,
    `create table rejection_quota (
      iss text not null, hour bigint not null, app text not null, samples bigint not null,
      primary key (iss, hour, app))`,
    `create table rejection_sample (
      iss text not null, support text not null, app text not null, code text not null, at bigint not null,
      checks text not null, address_hmac text,
      primary key (iss, support))`,
    'create index rejection_sample_newest on rejection_sample (iss, at desc, support desc)',
    `create table issuer_key (
      iss text not null, purpose text not null check (purpose in ('challenge', 'token', 'reply', 'record')),
      kid text not null, state text not null check (state in ('next', 'active', 'retiring', 'gone')),
      public_jwk text, sealed text not null, created_at bigint not null, changed_at bigint not null,
      primary key (iss, purpose, kid))`,
    `create table registered (
      iss text not null, kind text not null check (kind in ('app', 'api', 'policy', 'root', 'setting')),
      id text not null, document text not null, version bigint not null, updated_at bigint not null,
      primary key (iss, kind, id))`,
    `create table secret (
      iss text not null, app text not null, name text not null, version bigint not null, sealed text not null,
      delivery_rule text not null, created_at bigint not null,
      primary key (iss, app, name, version))`,
    // The newest (epoch, version) of each app: one row to compare and set, so that no publisher can step back.
    `create table pin_head (
      iss text not null, app text not null, epoch bigint not null, version bigint not null,
      primary key (iss, app))`,
    `create table pin_set (
      iss text not null, app text not null, epoch bigint not null, version bigint not null, hash text not null,
      document text not null, published_at bigint not null,
      primary key (iss, app, epoch, version))`,
    `create table audit (
      iss text not null, seq bigint not null, at bigint not null, actor text not null, act text not null,
      subject text not null, detail text not null, previous text not null, hash text not null,
      primary key (iss, seq))`,
    `create table credential (
      id text not null, digest text not null, scopes text not null, created_at bigint not null, expires_at bigint,
      revoked_at bigint,
      primary key (id),
      unique (digest))`,
  ],
};

const EVERY_DEVICE: Migration = {
  id: 2,
  name: 'every device, one policy',
  statements: [
    "alter table instance add column reporters text not null default '[]'",
    // Simulation reads a span of time, of one app or of all; a review asks for the newest of one instance.
    'create index appraisal_time on appraisal (iss, at, id)',
    'create index appraisal_app_time on appraisal (iss, app, at, id)',
    'create index appraisal_instance on appraisal (iss, jkt, id)',
    `create table operator_order (
      iss text not null, id text not null,
      effect text not null check (effect in ('ban', 'pass', 'policy', 'enforce_off')),
      target text not null check (target in ('lineage', 'signer', 'model', 'network', 'app')),
      value text not null, app text, policy text, reason text not null, author text not null,
      created_at bigint not null, expires_at bigint, ended_at bigint,
      primary key (iss, id))`,
    'create index operator_order_target on operator_order (iss, target, value)',
    `create table policy_version (
      iss text not null, name text not null, version bigint not null check (version >= 1), source text not null,
      author text not null, created_at bigint not null, restores bigint,
      primary key (iss, name, version))`,
    `create table policy_proposal (
      iss text not null, id text not null, name text not null, base bigint not null, source text not null,
      author text not null, created_at bigint not null,
      state text not null check (state in ('open', 'approved', 'withdrawn')),
      primary key (iss, id))`,
    `create table vendor_answer (
      iss text not null, token_hash text not null, answer text not null, expires_at bigint not null,
      primary key (iss, token_hash))`,
    'create index vendor_answer_end on vendor_answer (expires_at)',
    `create table vendor_quota (
      iss text not null, period text not null, vendor text not null, network text not null, calls bigint not null,
      primary key (iss, period, vendor, network))`,
    'create index vendor_quota_period on vendor_quota (period)',
    `create table receipt (
      iss text not null, app text not null, attested_key text not null, lineage text not null,
      environment text not null, sealed text not null, metric bigint, metric_at bigint, next_at bigint,
      failures bigint not null,
      primary key (iss, app, attested_key))`,
    'create index receipt_next on receipt (iss, next_at) where next_at is not null',
    `create table dev_grant (
      iss text not null, id text not null, app text not null, label text not null, public_jwk text not null,
      uses bigint not null, max_uses bigint not null, created_at bigint not null, expires_at bigint not null,
      revoked_at bigint,
      primary key (iss, id),
      check (uses >= 0 and uses <= max_uses))`,
    `create table trust_copy (
      source text not null, body text not null, etag text, fetched_at bigint not null, fresh_until bigint not null,
      primary key (source))`,
    `create table reappraisal (
      iss text not null, id text not null, appraisal_id text not null, at bigint not null, cause text not null,
      verdict text not null,
      primary key (iss, id),
      foreign key (iss, appraisal_id) references appraisal (iss, id))`,
    'create index reappraisal_appraisal on reappraisal (iss, appraisal_id)',
  ],
};

/** Instances had the format of Key Attestation under another name than their facts. */
const ONE_SPELLING: Migration = {
  id: 3,
  name: 'one spelling of formats',
  statements: ['instance', 'attested_key', 'appraisal'].map(
    (table) => `update ${table} set format = 'android-key' where format = 'android-key-attestation'`,
  ),
};

/** In the order in which they run; ids count up from 1. */
export const MIGRATIONS: readonly Migration[] = [INITIAL, EVERY_DEVICE, ONE_SPELLING];
