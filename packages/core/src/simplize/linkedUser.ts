/** A linked user in the shape that Saoke uses (simplize-api 6.1). */
import { RecordError } from '../errors/RecordError';
import { asObject, asText, kindOf } from '../json/reading';
import { exactId } from './exactId';
import { simplizeTime } from './slashDay';

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

/** @throws RecordError when it is no object or has no id */
export function normaliseUser(value: unknown): NormalisedUser {
	const raw = asObject(value);
	if (!raw) throw new RecordError('user', 'record', kindOf(value));
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
