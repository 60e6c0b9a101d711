/** `GET /v2/userInfo` (casso-api 4.1): the owner of the key and the linked accounts. */
import { RecordError } from '../errors';
import { asObject, describeType } from '../json';
import { callCasso, type CassoConnection } from './client';

/**
 * @returns `data` as sent: `user`, `business`, `bankAccs`
 * @throws ApiError, NetworkError, RecordError if `data` is not an object
 */
export async function getUserInfo(connection: CassoConnection): Promise<Record<string, unknown>> {
	const data = await callCasso(connection, { method: 'GET', path: '/userInfo' });
	const info = asObject(data);
	if (!info) throw new RecordError('user info', 'data', describeType(data));
	return info;
}
