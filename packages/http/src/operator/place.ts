import { z } from 'zod';

/** Members of a path that name an issuer. */
export const Place = { tenant: z.string().max(40), env: z.string().max(40) };
export const PlaceParams = z.strictObject(Place);

/** Where the routes of one issuer begin. */
export const PATH = '/admin/v1/t/:tenant/e/:env';

/** Ids that the server makes: 32 hex digits that sort by time. */
export const RowId: z.ZodString = z.string().regex(/^[0-9a-f]{32}$/, '32 hex digits');
/** Parameters of a route about one such row. */
export const RowParams = z.strictObject({ ...Place, id: RowId });
