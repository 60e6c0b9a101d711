/** Users who linked a portfolio. */
import { RecordError } from '../errors';
import { asObject, asText, describeType } from '../json';
import { getPageSize, type ReadListOptions } from './cashHistory';
import { callSimplize, readRows, type SimplizeConnection } from './client';
import { simplizeTime } from './historyQuery';
import { exactId } from './ids';
import { type PageOfRows, readPages } from './paging';

export interface LinkedUser {
	/** Id of the link. */
	id: number | string;
	/** Simplize's id of the user. */
	userId: number | string;
	/** The partner's own id of the user. */
	externalUserId: string;
	status: string;
	/** ISO 8601 with +07:00. */
	createdAt: string | null;
}

export interface NormalisedUser {
	user: LinkedUser;
	/** As Simplize sent it. */
	details: { createdDate: string };
	raw: Record<string, unknown>;
}

export const LINKED_USER_FIELDS = [
	'id',
	'userId',
	'externalUserId',
	'status',
	'createdAt',
] as const satisfies readonly (keyof LinkedUser)[];

export const LINKED_USER_DETAIL_FIELDS = ['createdDate'] as const;

/**
 * A linked user in the shape that Saoke uses (simplize-api 6.1).
 *
 * @throws RecordError when it is no object or has no id
 */
export function normaliseUser(value: unknown): NormalisedUser {
	const raw = asObject(value);
	if (!raw) throw new RecordError('user', 'record', describeType(value));
	const createdDate = asText(raw.createdDate);
	return {
		user: {
			id: exactId(raw.id, 'user', 'id'),
			userId: exactId(raw.userId, 'user', 'userId'),
			externalUserId: asText(raw.externalUserId),
			status: asText(raw.status),
			createdAt: simplizeTime(createdDate),
		},
		details: { createdDate },
		raw,
	};
}

const PATH = '/api/general/v1/partner/users';

/**
 * `GET …/partner/users` (simplize-api 6.1): the users linked to this partner.
 *
 * @param page zero-based @throws ApiError, NetworkError, RecordError
 */
export async function getUserPage(
	connection: SimplizeConnection,
	page: number,
	size: number,
): Promise<PageOfRows<NormalisedUser>> {
	const { data, total } = await callSimplize(connection, { method: 'GET', path: PATH, query: { page, size } });
	return { rows: readRows(data, 'users').map(normaliseUser), total };
}

/** @returns each user once @throws ApiError, NetworkError, RecordError, IncompleteReadError */
export async function readUsers(
	connection: SimplizeConnection,
	options: ReadListOptions = {},
): Promise<NormalisedUser[]> {
	return await readPages({
		readPage: async (page, size) => await getUserPage(connection, page, size),
		getKey: ({ user }) => String(user.id),
		size: getPageSize(options),
		limit: options.limit,
	});
}
