/** `GET /v2/userInfo` (casso-api 4.1): who the key belongs to, and the linked accounts. */
import { RecordError } from '../errors';
import { asObject, describeType } from '../json';
import { callCasso, type CassoConnection } from './client';

/**
 * @returns `data` as sent: `user`, `business`, `bankAccs`
 * @throws ApiError, NetworkError, RecordError when `data` is no object
 */
export async function getUserInfo(connection: CassoConnection): Promise<Record<string, unknown>> {
	const data = await callCasso(connection, { method: 'GET', path: '/userInfo' });
	const info = asObject(data);
	if (!info) throw new RecordError('user info', 'data', describeType(data));
	return info;
}
