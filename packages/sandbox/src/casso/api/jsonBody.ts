/** Request bodies: JSON, where the docs send its content type even without a body (spec 1). */
import type { FastifyInstance } from 'fastify';
import { answers } from './assumedAnswers';

/** Parses JSON; an empty body is none. Any other content type counts as no body, which the calls then refuse. */
export function acceptJsonBodies(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
		if (text.trim() === '') {
			done(null, undefined);
			return;
		}
		try {
			done(null, JSON.parse(text));
		} catch {
			done(answers.badRequest('The request body is not valid JSON'), undefined);
		}
	});
	scope.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, _text, done) => {
		done(null, undefined);
	});
}
