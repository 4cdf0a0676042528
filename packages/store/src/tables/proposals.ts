import type { PolicyProposal, PolicyStore } from '@assay/core';
import { changesOne, type Driver } from '../driver.ts';
import { integer, oneOf, type Row, text } from '../values.ts';

export const PROPOSAL_SQL = {
  add: `insert into policy_proposal (iss, id, name, base, source, author, created_at, state)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
  find: 'select * from policy_proposal where iss = $1 and id = $2',
  open: `select * from policy_proposal where iss = $1 and state = 'open' order by created_at, id`,
  close: `update policy_proposal set state = $3 where iss = $1 and id = $2 and state = 'open'`,
} as const;

const STATES: readonly PolicyProposal['state'][] = ['open', 'approved', 'withdrawn'];

type Proposals = Pick<PolicyStore, 'addProposal' | 'proposal' | 'openProposals' | 'closeProposal'>;

export function createProposals(driver: Driver): Proposals {
  const { committed } = driver;
  return {
    addProposal: ({ iss, id, name, base, source, author, createdAt, state }) =>
      changesOne(driver, PROPOSAL_SQL.add, [iss, id, name, base, source, author, createdAt, state]),
    proposal: async (iss, id) => {
      const [row] = await committed.query(PROPOSAL_SQL.find, [iss, id]);
      return row && toProposal(row);
    },
    openProposals: async (iss) => (await committed.query(PROPOSAL_SQL.open, [iss])).map(toProposal),
    closeProposal: (iss, id, state) => changesOne(driver, PROPOSAL_SQL.close, [iss, id, state]),
  };
}

function toProposal(row: Row): PolicyProposal {
  return {
    iss: text(row, 'iss'),
    id: text(row, 'id'),
    name: text(row, 'name'),
    base: integer(row, 'base'),
    source: text(row, 'source'),
    author: text(row, 'author'),
    createdAt: integer(row, 'created_at'),
    state: oneOf(row, 'state', STATES),
  };
}
