/** `Authorization: Apikey <key>` in any case, or `Bearer <token>` (spec 2). Anything else: the 401 envelope. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { CassoBank } from '../bank';
import { answers } from './assumedAnswers';

export function authHook(scope: FastifyInstance, bank: CassoBank): void {
	scope.addHook('onRequest', (request, _reply, done) => {
		if (isAuthorized(request.headers.authorization, bank)) done();
		else done(answers.unauthorized());
	});
}

function isAuthorized(header: string | undefined, bank: CassoBank): boolean {
	const parts = /^\s*(\S+)\s+(\S+)\s*$/.exec(header ?? '');
	if (parts === null) return false;
	const [, scheme = '', key = ''] = parts;
	const isApiKey = isSame(key, bank.apiKey);
	switch (scheme.toLowerCase()) {
		case 'apikey':
			return isApiKey;
		case 'bearer':
			return isApiKey || (bank.accessToken !== null && isSame(key, bank.accessToken));
		default:
			return false;
	}
}

function isSame(left: string, right: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(left), digest(right));
}
