/** JSON bodies, where a call that needs none may send the content type with an empty body. */
import type { FastifyInstance } from 'fastify';
import { ControlFailure } from './controlFailure';

export function acceptOptionalJson(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
		if (text.trim() === '') {
			done(null, {});
			return;
		}
		try {
			done(null, JSON.parse(text));
		} catch {
			done(new ControlFailure(400, 'The request body is not valid JSON.'), undefined);
		}
	});
}
